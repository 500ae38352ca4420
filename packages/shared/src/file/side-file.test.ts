import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSideFiles, groupSideFiles, linkSideFiles, listMainFiles, listReleaseFiles, mayBeSideFile } from './side-file.js';

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

  it.each([
    ['app_linux_amd64.sha256', 'app_linux_amd64.tar.gz'],
    ['app_linux_amd64.tar.gz.sha256sum', 'app_linux_amd64.tar.gz'],
    ['app_linux_amd64.tar.gz-keyless.sig', 'app_linux_amd64.tar.gz'],
    ['app_linux_amd64.tar.gz.cosign.bundle', 'app_linux_amd64.tar.gz'],
    ['app_linux_amd64.tar.gz.sbom.json', 'app_linux_amd64.tar.gz'],
    ['app_linux-md5-amd64.txt', null],
    ['app_linux-sha256_amd64.txt', 'app_linux_amd64.tar.gz'],
  ])('%s, as others write it, belongs to %s', (name, main) => {
    expect(linkSideFiles(files('app_linux_amd64.tar.gz', 'app_macos.zip', name)).mainOf({ fileName: name })?.fileName ?? null).toBe(main);
  });

  it.each([
    'SHA256SUMS',
    'SHA256SUMS.asc',
    'SHASUMS256.txt',
    'app_1.2_checksums.txt',
    'app_1.2_checksums.txt.sigstore.json',
    'checksums-linux.txt',
    'app-1.2.intoto.jsonl',
    'multiple.intoto.jsonl',
    'provenance.json',
    'app-1.2.sig',
    'cosign.pub',
  ])('%s speaks of the whole release, and is no download of its own', (name) => {
    const others = files('app-1.2-linux.tar.gz', 'app-1.2-macos.zip', 'SHA256SUMS', 'app_1.2_checksums.txt');
    const release = [...others, ...files(name)];
    const links = linkSideFiles(release);
    expect([links.isOfRelease({ fileName: name }), links.mainOf({ fileName: name })]).toEqual([true, null]);
    expect(listReleaseFiles(release).map(({ fileName }) => fileName)).toContain(name);
    expect(listMainFiles(release)).toEqual(files('app-1.2-linux.tar.gz', 'app-1.2-macos.zip'));
  });

  it.each([
    'checksum-tool-1.2.exe',
    'sbom-tool-linux-x64',
    'customer.pem',
    'Player.bundle',
    'app-1.2.bundle',
    'app.pub',
    'molecules.cdx',
    'app.provenance',
    'md5sum',
    'sha256sum',
    'checksum',
  ])('%s is a download of its own', (name) => {
    expect(listMainFiles(files('app-1.2-linux.tar.gz', 'app-1.2-macos.zip', name))).toContainEqual({ fileName: name });
  });

  it('are downloads where nothing else is there', () => {
    expect(listMainFiles(files('SHA256SUMS', 'SHA256SUMS.asc'))).toEqual(files('SHA256SUMS'));
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

  it('of any release are none that its name alone does not tell', () => {
    const part = fc.constantFrom(
      'app',
      'APP',
      '-1.2',
      '_linux',
      '.tar.gz',
      '.exe',
      '.sig',
      '.asc',
      '.sha256',
      '.sbom',
      '.json',
      '.txt',
      '.pem',
      'SHA256SUMS',
      'cosign.pub',
      '-sha256',
      '-keyless',
      'release',
    );
    const name = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
        const links = linkSideFiles(files(...names));
        for (const fileName of names)
          if (links.mainOf({ fileName }) !== null || links.isOfRelease({ fileName })) expect(mayBeSideFile(fileName), fileName).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect([mayBeSideFile('app-1.2-linux.tar.gz'), mayBeSideFile('app.exe.sig'), mayBeSideFile('sha256sums')]).toEqual([false, true, true]);
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
const CHAIN = ['.sig', '.asc', '.minisig', '.sha256', '.sha512', '.blockmap'];
const SUFFIXES = (index: number): string => [...index.toString(6)].map((digit) => CHAIN[Number(digit)] ?? '').join('') || '.sig';
