import { describe, expect, it } from 'vitest';
import { publishChecklist } from '../release/publish-checklist.js';
import { parseVersion } from '../version/version.js';
import fileNames from './file-names.json' with { type: 'json' };
import productFiles from './product-files.json' with { type: 'json' };

/** Tests run in Node; the rules themselves know no console. */
declare const console: { log(...texts: readonly unknown[]): void };

const percent = (part: number, of: number): number => Math.round((1_000 * part) / of) / 10;

/** A version as it is written for the grammar; null when there is none. */
function readVersion(text: string): string | null {
  const parsed = parseVersion(text);
  return parsed.ok ? text : ((parsed.problem.params?.['suggestion'] as string | undefined) ?? null); // always a text
}

function warningsOf(fileName: string, version: string, product: string): readonly string[] {
  const slug = product.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return publishChecklist({
    version,
    changelog: 'Something is new.',
    platforms: [],
    assets: [{ fileName, state: 'READY' }],
    product: { name: product, slug },
    isProductClosed: false,
    previous: null,
    latestVersion: null,
  }).map(({ code }) => code);
}

describe('warnings about real files', () => {
  const files = productFiles.flatMap(([product = '', written = '', fileName = '']) => {
    const version = readVersion(written);
    return version === null ? [] : [{ product, version, fileName, warnings: warningsOf(fileName, version, product) }];
  });
  const withWarning = (code: string): number => percent(files.filter(({ warnings }) => warnings.includes(code)).length, files.length);

  it('hardly ever say of the first file of a product that it is another product', () => {
    console.log(`${files.length} first files, said to be of another product in %:`, withWarning('FILE_NAME_MISMATCH'));
    // What is left shares no word with its product: `fly` of concourse, `vcsim` of govmomi.
    expect(withWarning('FILE_NAME_MISMATCH')).toBeLessThanOrEqual(4.5);
  });

  it('never say of a file of the release that it is of another version', () => {
    expect(withWarning('FILE_VERSION_MISMATCH')).toBe(0);
  });

  it('are there for files of other products and other versions', () => {
    const others = files.map(({ fileName }, index) => warningsOf(fileName, '99.1.7', files[(index + 101) % files.length]?.product ?? ''));
    const numbered = others.filter((_, index) => /\d+\.\d+/.test(files[index]?.fileName ?? ''));
    const names = percent(others.filter((codes) => codes.includes('FILE_NAME_MISMATCH')).length, others.length);
    const versions = percent(numbered.filter((codes) => codes.includes('FILE_VERSION_MISMATCH')).length, numbered.length);
    console.log('files of another product found in %:', names, 'of another version:', versions);
    expect(names).toBeGreaterThanOrEqual(94);
    expect(versions).toBeGreaterThanOrEqual(97);
  });

  /** Numbers, a word for a prerelease with all that follows it, a build number: read apart from the rule. */
  const WHOLE =
    /(?<![a-z0-9.])v?(\d+(?:\.\d+){1,3}(?:[-._+]?(?:alpha|beta|rc|pre(?!view)|preview|dev|nightly|ea|snapshot|canary)(?:[-._]?\d+)*|[-_+]\d+(?![a-z0-9]))?)/i;

  it('hardly ever doubt a version that a name writes with its build', () => {
    const read = fileNames.flatMap(([fileName = '']) => {
      const version = readVersion(WHOLE.exec(fileName ?? '')?.[1] ?? '');
      return version === null || fileName === null ? [] : [warningsOf(fileName, version, 'x').includes('FILE_VERSION_MISMATCH')];
    });
    const doubted = percent(read.filter(Boolean).length, read.length);
    console.log(`${read.length} names with their version, doubted in %:`, doubted);
    expect(doubted).toBeLessThanOrEqual(0.5);
  });
});
