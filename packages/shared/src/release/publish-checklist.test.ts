import { describe, expect, it } from 'vitest';
import { isSameVersion, productWordsOf, versionsInFileName } from '../file/file-name-words.js';
import { publishChecklist, type ChecklistFacts } from './publish-checklist.js';
import { parseVersion } from '../version/version.js';

const ready = (fileName: string) => ({ fileName, state: 'READY' as const });

const makeFacts = (facts: Partial<ChecklistFacts> = {}): ChecklistFacts => ({
  version: '2.4.0',
  changelog: 'Fixed the toolbar.',
  platforms: ['WINDOWS'],
  assets: [ready('aurora-2.4.0-windows-x64.exe')],
  product: { name: 'Aurora Notes', slug: 'aurora-notes' },
  isProductClosed: false,
  previous: null,
  latestVersion: null,
  ...facts,
});

const previous = { version: '2.3.0', platforms: ['WINDOWS', 'MACOS'] as const, fileNames: ['aurora-2.3.0.dmg'] };

describe('publishChecklist', () => {
  it('has nothing to say of a release that is complete', () => {
    expect(publishChecklist(makeFacts({ latestVersion: '2.3.0', previous: { ...previous, platforms: ['WINDOWS'] } }))).toEqual([]);
  });

  it.each<[what: string, facts: Partial<ChecklistFacts>, code: string, word: string]>([
    ['a platform that the version before had', { previous }, 'PLATFORMS_MISSING', 'macOS'],
    ['an empty changelog', { changelog: ' \n' }, 'CHANGELOG_EMPTY', 'changelog'],
    ['a version below the latest', { latestVersion: '3.0.0' }, 'VERSION_BELOW_LATEST', '3.0.0'],
    ['a file of another version', { assets: [ready('aurora-2.3.9-windows.exe')] }, 'FILE_VERSION_MISMATCH', '2.3.9'],
    [
      'a file of another prerelease',
      { version: '3.0.0-beta.2', assets: [ready('aurora-3.0.0-beta.1.exe')] },
      'FILE_VERSION_MISMATCH',
      'beta.1',
    ],
    ['a prerelease in a final release', { assets: [ready('aurora-2.4.0-rc1.exe')] }, 'FILE_VERSION_MISMATCH', 'rc.1'],
    ['a program of another product', { assets: [ready('borealis-2.4.0-windows.exe')] }, 'FILE_NAME_MISMATCH', 'Aurora Notes'],
  ])('warns of %s', (_, facts, code, word) => {
    const items = publishChecklist(makeFacts(facts));
    expect(items).toMatchObject([{ code, severity: 'WARNING' }]);
    expect(items[0]?.message).toContain(word);
  });

  it.each<[what: string, facts: Partial<ChecklistFacts>, code: string]>([
    ['no files', { assets: [], platforms: [] }, 'NO_ASSETS'],
    ['a file that failed', { assets: [{ fileName: 'aurora.exe', state: 'FAILED' }] }, 'ASSET_NOT_READY'],
    ['an archived product', { isProductClosed: true }, 'PRODUCT_ARCHIVED'],
  ])('is blocked by %s', (_, facts, code) => {
    expect(publishChecklist(makeFacts(facts))).toMatchObject([{ code, severity: 'BLOCKER' }]);
  });

  it('only warns of files that are still being checked: the publish waits for them', () => {
    const assets = [ready('aurora-2.4.0.exe'), { fileName: 'aurora-2.4.0.zip', state: 'VERIFYING' as const }];
    expect(publishChecklist(makeFacts({ assets }))).toMatchObject([{ code: 'ASSET_NOT_READY', severity: 'WARNING' }]);
    const unsent = { fileName: 'aurora-2.4.0.tar.gz', state: 'UPLOADING' as const };
    const severities = publishChecklist(makeFacts({ assets: [...assets, unsent] })).map(({ severity }) => severity);
    expect(severities).toEqual(['BLOCKER', 'BLOCKER']);
  });

  it('names blockers before warnings', () => {
    const items = publishChecklist(makeFacts({ assets: [], platforms: [], changelog: '' }));
    expect(items.map(({ severity }) => severity)).toEqual(['BLOCKER', 'WARNING']);
  });

  it.each([
    ['a file for all platforms', { platforms: ['ALL'] as const, previous }],
    [
      'a name like that of the release before',
      {
        assets: [ready('nordlicht-2.4.0.exe')],
        previous: { ...previous, platforms: ['WINDOWS'] as const, fileNames: ['nordlicht-2.3.0.exe'] },
      },
    ],
    ['a manual that is named otherwise', { assets: [ready('handbook.pdf')] }],
    ['a name written together', { assets: [ready('AuroraNotes-2.4.0.exe')] }],
    ['a final name on a prerelease', { version: '2.4.0-beta.1', assets: [ready('aurora-2.4.0.exe')] }],
    ['a number of the tool that built it', { assets: [ready('aurora-go-1.21-linux.exe')] }],
    ['a build number that is written otherwise', { version: '11.0.9.1', assets: [ready('aurora_11.0.9_1.exe')] }],
    ['a name in initials', { assets: [ready('ancli-2.4.0.exe')] }],
    ['a name without vowels', { assets: [ready('aurnts-2.4.0.exe')] }],
    ['a name that ends in a word of the product', { assets: [ready('k10notes-2.4.0.exe')] }],
    ['words of systems and archives', { assets: [ready('x86_64-unknown-linux-musl.tar.gz')] }],
    ['a prerelease below the latest prerelease of itself', { version: '2.4.0', latestVersion: '2.4.0-rc.1' }],
  ])('does not mind %s', (_, facts) => {
    expect(publishChecklist(makeFacts(facts))).toEqual([]);
  });
});

describe('versions in file names', () => {
  it.each<[fileName: string, versions: readonly string[]]>([
    ['app-2.4.0-windows-x64.exe', ['2.4.0']],
    ['app_v2.4_amd64.deb', ['2.4']],
    ['app-3.0.0-beta.2-macos.dmg', ['3.0.0-beta.2']],
    ['app-3.0.0RC1.dmg', ['3.0.0-rc.1']],
    ['app-2.4.7z', ['2.4']],
    ['app-macos11.0.dmg', []],
    ['app-2.4.0-macos-11.0.dmg', ['2.4.0']],
    ['app-2.4.0-go1.21-linux.tar.gz', ['2.4.0']],
    ['app-2.4.0-qt-6.5.dmg', ['2.4.0']],
    ['node-20.13.0-linux.tar.gz', ['20.13.0']],
    ['app-9.0.0-preview.7.24405.2.exe', ['9.0.0-preview.7.24405.2']],
    ['app.tar.gz', []],
  ])('%s', (fileName, versions) => {
    expect(versionsInFileName(fileName)).toEqual(versions);
  });

  it.each<[inName: string, release: string, isSame: boolean]>([
    ['2.4', '2.4.0', true],
    ['2.4.0', 'v2.4', true],
    ['2.4', '2.4.1', false],
    ['3.0.0', '3.0.0-beta.1', true],
    ['3.0.0-beta.2', '3.0.0-beta2', true],
    ['3.0.0-beta.2', '3.0.0', false],
    ['9.0.0-preview.7.24405.2', '9.0.0-preview.7', true],
    ['9.0.0-preview.7', '9.0.0-preview.7.24405.2', true],
    ['9.0.0-preview.8', '9.0.0-preview.7.24405.2', false],
    ['9.0.0-preview', '9.0.0-beta', false],
  ])('%s for %s: %s', (inName, release, isSame) => {
    const version = parseVersion(release);
    expect(version.ok && isSameVersion(inName, version.value)).toBe(isSame);
  });

  it.each<[fileName: string, words: readonly string[]]>([
    ['aurora-notes-setup-2.4.0-x64.exe', ['aurora', 'notes']],
    ['Setup.exe', []],
    ['README.txt', []],
    ['aurora.dmg', ['aurora']],
  ])('%s is named after %j', (fileName, words) => {
    expect(productWordsOf(fileName)).toEqual(words);
  });
});
