import { describe, expect, it } from 'vitest';
import { checkSideFiles, linkSideFiles, mayBeSideFile } from '../file/side-file.js';
import { guessTarget } from '../file/target-guess.js';
import { parseVersion } from '../version/version.js';
import { compareVersions } from '../version/version-order.js';
import { version } from '../version/version.cases.js';
import fileNames from './file-names.json' with { type: 'json' };
import sideFiles from './side-files.json' with { type: 'json' };
import versionForms from './version-forms.json' with { type: 'json' };
import versionOrders from './version-orders.json' with { type: 'json' };

/** Tests run in Node; the rules themselves know no console. */
declare const console: { log(...texts: readonly unknown[]): void };

const percent = (part: number, of: number): number => Math.round((10_000 * part) / of) / 100;

describe('names of real files', () => {
  const guesses = fileNames.map(([name = '', platform, architecture, type]) => ({
    name,
    platform,
    architecture,
    type,
    guess: guessTarget(name ?? ''),
  }));
  const count = (holds: (one: (typeof guesses)[number]) => boolean): number => percent(guesses.filter(holds).length, guesses.length);

  it('are hardly ever given a type, platform or architecture that is not theirs', () => {
    const wrong = {
      type: count(({ type, guess }) => guess.type !== type),
      platform: count(({ platform, guess }) => guess.platform !== 'ALL' && guess.platform !== platform),
      architecture: count(
        ({ architecture, guess }) => guess.architecture !== null && architecture !== '?' && guess.architecture !== architecture,
      ),
    };
    console.log(`${guesses.length} names, wrong in %:`, wrong);
    expect(wrong.type).toBeLessThanOrEqual(0.8);
    expect(wrong.platform).toBeLessThanOrEqual(0.5);
    expect(wrong.architecture).toBeLessThanOrEqual(1.2);
  });

  it('are given one where the name tells it; what only the source knew is left open', () => {
    const right = {
      platform: count(({ platform, guess }) => guess.platform === platform),
      architecture: count(({ architecture, guess }) => architecture === '?' || guess.architecture === architecture),
    };
    console.log(`${guesses.length} names, right in %:`, right);
    expect(right.platform).toBeGreaterThanOrEqual(92);
    expect(right.architecture).toBeGreaterThanOrEqual(88);
  });
});

describe('side files of real releases', () => {
  const found = sideFiles.map(({ files, sides }) => {
    const names = [...new Set([...files, ...sides.map(([name]) => name ?? '')])].map((fileName) => ({ fileName }));
    return { files, sides, names, links: linkSideFiles(names) };
  });
  const all = found.flatMap(({ sides, links }) => sides.map(([fileName = '', of]) => ({ fileName: fileName ?? '', of, links })));

  it('are known by their names alone as what may speak of other files, and few programs are', () => {
    const speaking = found.flatMap(({ names, links }) => names.filter((file) => links.mainOf(file) !== null || links.isOfRelease(file)));
    expect(speaking.filter(({ fileName }) => !mayBeSideFile(fileName))).toEqual([]);
    expect(speaking.length).toBeGreaterThan(1_000);
    const programs = found.flatMap(({ files }) => files);
    expect(percent(programs.filter(mayBeSideFile).length, programs.length)).toBeLessThan(5);
  });

  it('go under their main file, or to the release: at most 2 % are left over as downloads of their own', () => {
    const left = all.filter(({ fileName, links }) => links.mainOf({ fileName }) === null && !links.isOfRelease({ fileName }));
    console.log(`${all.length} side files of ${found.length} releases, left over in %:`, percent(left.length, all.length));
    expect(percent(left.length, all.length)).toBeLessThanOrEqual(2);
  });

  it('never go under another main file than theirs', () => {
    const astray = all.flatMap(({ fileName, of, links }) => {
      const main = links.mainOf({ fileName })?.fileName ?? null;
      return main === null || main === of ? [] : [`${fileName}: ${main} instead of ${of}`];
    });
    expect(astray).toEqual([]);
  });

  it('leave every real download a download of its own, without a warning', () => {
    for (const { files, links, names } of found) {
      expect(files.filter((fileName) => links.mainOf({ fileName }) !== null || links.isOfRelease({ fileName }))).toEqual([]);
      expect(checkSideFiles(names).filter(({ params }) => files.includes(String(params?.['fileName'])))).toEqual([]);
    }
  });
});

describe('versions as projects write them', () => {
  const suggestionFor = (text: string): string | null => {
    const parsed = parseVersion(text);
    return parsed.ok ? text : ((parsed.problem.params?.['suggestion'] as string | undefined) ?? null); // always a text
  };

  it('are refused with a spelling that fits, wherever there is one', () => {
    const answered = versionForms.filter(([, fitting]) => fitting !== null);
    const right = answered.filter(([text = '', fitting]) => suggestionFor(text ?? '') === fitting);
    const invented = versionForms.filter(([text = '', fitting]) => fitting === null && suggestionFor(text ?? '') !== null);
    console.log(`${answered.length} refused spellings, given the right one in %:`, percent(right.length, answered.length));
    expect(percent(right.length, answered.length)).toBeGreaterThanOrEqual(99);
    expect(invented.length).toBeLessThanOrEqual(3);
  });

  it('keep their own order in the spelling that is proposed', () => {
    const pairs = versionOrders.flatMap((order) => order.slice(1).map((next, index) => [order[index] ?? '', next] as const));
    const read = pairs.flatMap(([before, next]) => {
      const [one, other] = [suggestionFor(before), suggestionFor(next)];
      return one === null || other === null ? [] : [compareVersions(version(one), version(other))];
    });
    const kept = read.filter((order) => order <= 0);
    console.log(`${read.length} pairs in the order of their release, kept in %:`, percent(kept.length, read.length));
    // What is left are packages that really went back.
    expect(percent(kept.length, read.length)).toBeGreaterThanOrEqual(97);
  });
});
