import { describe, expect, it } from 'vitest';
import { diffRevisions, isSameContent, type RevisionContent, type RevisionFile } from './revision-diff.js';

const file = (fileName: string, change: Partial<RevisionFile> = {}): RevisionFile => ({
  fileName,
  type: 'INSTALLER',
  platform: 'WINDOWS',
  architecture: 'X64',
  size: 10,
  sha256: 'a'.repeat(64),
  ...change,
});
const content = (change: Partial<RevisionContent> = {}): RevisionContent => ({
  name: null,
  summary: null,
  isSecurityFix: false,
  channel: 'stable',
  releaseDate: '2026-03-01',
  changelog: 'First.',
  assets: [file('app.exe')],
  ...change,
});

describe('the difference of two revisions', () => {
  it('of the same content is nothing', () => {
    expect(isSameContent(diffRevisions(content(), content()))).toBe(true);
  });

  it('names each field that changed, with both values', () => {
    expect(diffRevisions(content(), content({ name: 'Aurora', summary: 'Fast', isSecurityFix: true, releaseDate: null })).fields).toEqual([
      { field: 'name', before: null, after: 'Aurora' },
      { field: 'summary', before: null, after: 'Fast' },
      { field: 'isSecurityFix', before: 'no', after: 'yes' },
      { field: 'releaseDate', before: '2026-03-01', after: null },
    ]);
  });

  it.each([
    ['a new file', [file('app.exe'), file('app.dmg')], [['ADDED', 'app.dmg']]],
    ['a file that is gone', [], [['REMOVED', 'app.exe']]],
    ['other bytes', [file('app.exe', { sha256: 'b'.repeat(64) })], [['REPLACED', 'app.exe']]],
    ['another size while the hash is not known', [file('app.exe', { size: 11, sha256: null })], [['REPLACED', 'app.exe']]],
    ['another platform', [file('app.exe', { platform: 'ALL' })], [['RELABELLED', 'app.exe']]],
    ['capitals in the name alone', [file('App.exe')], []],
  ])('tells %s', (_case, assets, expected) => {
    const { files } = diffRevisions(content(), content({ assets }));
    expect(files.map((change) => [change.kind, (change.after ?? change.before)?.fileName])).toEqual(expected);
  });

  it('tells that the changelog changed', () => {
    expect(diffRevisions(content(), content({ changelog: 'Second.' })).isChangelogChanged).toBe(true);
  });
});
