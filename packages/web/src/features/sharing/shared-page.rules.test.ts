import { describe, expect, it } from 'vitest';
import { explain, explainFile, filesOf, openUntil, type SharedRelease } from './shared-page.rules';

function makeShared(code: SharedRelease['access']['code'], change: Partial<SharedRelease> = {}): SharedRelease {
  const access = { allowed: code === 'ALLOWED', code, message: 'Since 2026-03-01.' };
  return {
    productName: 'Comet',
    channel: null,
    version: '2.0',
    expiresAt: '2026-04-01T00:00:00Z',
    downloadsLeft: null,
    feedbackEmail: null,
    access,
    content: null,
    ...change,
  };
}

describe('the page of a share link', () => {
  it.each([
    ['SHARE_LINK_EXPIRED', {}, 'This link has expired'],
    ['SHARE_LINK_LIMIT', {}, 'This link is used up'],
    ['RELEASE_WITHDRAWN', {}, 'Comet 2.0 was withdrawn'],
    ['NOT_FOUND', {}, 'This release is gone'],
    ['NOT_FOUND', { channel: 'beta', version: null }, 'Nothing to test at the moment'],
  ] as const)('explains %s %o', (code, change, title) => {
    expect(explain(makeShared(code, change))?.title).toBe(title);
  });

  it('has nothing to explain when the link works, and writes dates as people do', () => {
    expect(explain(makeShared('ALLOWED'))).toBeNull();
    expect(explain(makeShared('SHARE_LINK_EXPIRED'))?.text).toBe('Since Mar 1, 2026.');
  });

  it('names a file that was refused, unless the page says why already', () => {
    expect(explainFile('NOT_FOUND', 'a.exe')?.title).toBe('a.exe is not here any more');
    expect(explainFile('ASSET_NOT_READY', '')?.title).toBe('The file is not ready yet');
    expect(explainFile('SHARE_LINK_LIMIT', 'a.exe')).toBeNull();
  });

  it('offers no file when the link gives no more', () => {
    const file = { id: 'a', fileName: 'a.exe', type: 'INSTALLER', platform: 'WINDOWS', architecture: null, size: 1 } as const;
    const rest = { sha256: null, state: 'READY', external: false, downloadUrl: '/s/x/a.exe', finishUntil: null } as const;
    const content = { name: null, channel: 'stable', draft: true, releaseDate: null, changelogHtml: '', files: [{ ...file, ...rest }] };
    expect(filesOf(makeShared('SHARE_LINK_LIMIT', { content }))).toMatchObject([{ access: { allowed: false, message: '' } }]);
    expect(filesOf(makeShared('ALLOWED', { content }))).toMatchObject([{ access: { allowed: true } }]);
    expect(openUntil(makeShared('SHARE_LINK_LIMIT', { content }))).toBeNull();
  });

  it('offers what the visitor has begun of a used-up link, with what verifies it, and says until when', () => {
    const rest = { type: 'INSTALLER', platform: 'WINDOWS', architecture: null, size: 1, sha256: null, state: 'READY' } as const;
    const file = (fileName: string, finishUntil: string | null = null) =>
      ({ ...rest, id: fileName, fileName, external: false, downloadUrl: `/s/x/${fileName}`, finishUntil }) as const;
    const files = [
      file('a.exe', '2026-03-01T11:00:00Z'),
      file('a.exe.sig'),
      file('b.exe'),
      file('b.exe.sig'),
      file('c.exe', '2026-03-01T10:00:00Z'),
      file('SHA256SUMS'),
      file('SHA256SUMS.asc'),
    ];
    const content = { name: null, channel: 'stable', draft: true, releaseDate: null, changelogHtml: '', files };
    const shared = makeShared('SHARE_LINK_LIMIT', { content });
    expect(
      filesOf(shared)
        .filter(({ access }) => access.allowed)
        .map(({ fileName }) => fileName),
    ).toEqual(['a.exe', 'a.exe.sig', 'c.exe', 'SHA256SUMS', 'SHA256SUMS.asc']);
    expect(openUntil(shared)).toBe('2026-03-01T10:00:00Z');
  });
});
