import { describe, expect, it } from 'vitest';
import { checkSideFiles, groupSideFiles, linkSideFiles, listMainFiles, SIDE_FILE_SUFFIXES } from './side-file.js';

const files = (...names: string[]) => names.map((fileName) => ({ fileName }));

describe('side files', () => {
  it.each([
    ['app.exe.sig', 'app.exe'],
    ['app.exe.asc', 'app.exe'],
    ['app.exe.minisig', 'app.exe'],
    ['app.exe.sha256', 'app.exe'],
    ['app.exe.sha512', 'app.exe'],
    ['app.exe.blockmap', 'app.exe'],
    ['APP.EXE.SIG', 'app.exe'],
    ['app.exe.sha256.asc', 'app.exe'],
    ['app.exe', null],
    ['app.sig', null],
    ['other.exe.sig', null],
    ['app.exe.txt', null],
    ['.sig', null],
  ])('%s belongs to %s', (name, main) => {
    const release = files('app.exe', 'app.exe.sha256', name);
    expect(linkSideFiles(release).mainOf({ fileName: name })?.fileName ?? null).toBe(main);
  });

  it('stand under their main file in the order in which they were added', () => {
    const grouped = groupSideFiles(files('a.exe.sig', 'a.exe', 'b.dmg', 'a.exe.blockmap'));
    expect(grouped.map(({ main, sideFiles }) => [main.fileName, sideFiles.map(({ fileName }) => fileName)])).toEqual([
      ['a.exe', ['a.exe.sig', 'a.exe.blockmap']],
      ['b.dmg', []],
    ]);
  });

  it('without their main file are ordinary files, and a checksum without one is the main file of its signature', () => {
    const release = files('gone.exe.sha256', 'gone.exe.sha256.asc');
    expect(listMainFiles(release)).toEqual(files('gone.exe.sha256'));
    expect(linkSideFiles(release).mainOf({ fileName: 'gone.exe.sha256.asc' })?.fileName).toBe('gone.exe.sha256');
  });

  it('without their main file are warned of, naming both', () => {
    expect(checkSideFiles(files('app.exe', 'app.exe.sig'))).toEqual([]);
    const [problem] = checkSideFiles(files('app.exe.sig'));
    expect(problem).toMatchObject({ code: 'SIDE_FILE_ALONE', params: { fileName: 'app.exe.sig', mainName: 'app.exe' } });
    expect(problem?.message).toContain('"app.exe"');
  });

  it.each([
    ['one main file with 2,000 side files', (index: number) => (index === 0 ? 'app.exe' : `app.exe${SUFFIXES(index)}`)],
    ['1,000 pairs', (index: number) => (index % 2 === 0 ? `app${index}.exe` : `app${index - 1}.exe.sig`)],
  ])('are linked by looking at each name a few times, for %s', (_what, nameOf) => {
    const looked = (count: number): number => {
      let looks = 0;
      const release = Array.from({ length: count }, (_, index) => ({
        get fileName() {
          looks += 1;
          return nameOf(index);
        },
      }));
      const links = linkSideFiles(release);
      const found = release.map((file) => [links.mainOf(file), links.sidesOf(file).length]);
      expect(found.filter(([main]) => main !== null).length).toBeGreaterThanOrEqual(count / 2 - 1);
      return looks;
    };
    expect(looked(2_000)).toBeLessThanOrEqual(5 * 2_000);
  });
});

/** A chain of suffixes for every number, each another one. */
const SUFFIXES = (index: number): string =>
  [...index.toString(6)].map((digit) => SIDE_FILE_SUFFIXES[Number(digit)] ?? '').join('') || '.sig';
