import { describe, expect, it } from 'vitest';
import { checkSideFiles, findMainFile, groupSideFiles, listMainFiles } from './side-file.js';

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
    expect(findMainFile({ fileName: name }, release)?.fileName ?? null).toBe(main);
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
    expect(findMainFile({ fileName: 'gone.exe.sha256.asc' }, release)?.fileName).toBe('gone.exe.sha256');
  });

  it('without their main file are warned of, naming both', () => {
    expect(checkSideFiles(files('app.exe', 'app.exe.sig'))).toEqual([]);
    const [problem] = checkSideFiles(files('app.exe.sig'));
    expect(problem).toMatchObject({ code: 'SIDE_FILE_ALONE', params: { fileName: 'app.exe.sig', mainName: 'app.exe' } });
    expect(problem?.message).toContain('"app.exe"');
  });
});
