import { describe, expect, it } from 'vitest';
import { checkExternalFile, externalFileInput, nameFromUrl, parseSize } from './external-file.rules';

const good = { url: 'https://downloads.example.com/app-macos.dmg', fileName: 'app-macos.dmg', size: '155189248', sha256: '' };

describe('an external file', () => {
  it.each([
    ['https://downloads.example.com/a/app%20one.exe?build=7#x', 'app-one.exe'],
    ['https://downloads.example.com/app.zip', 'app.zip'],
    ['https://downloads.example.com/', ''],
    ['https://downloads.example.com', ''],
    ['https://downloads.example.com/%E0%A4%A', 'E0-A4-A'],
    ['not a url', ''],
  ])('at %s is proposed as %j', (url, name) => {
    expect(nameFromUrl(url)).toBe(name);
  });

  it.each([
    ['155189248', 155_189_248],
    [' 155,189,248 ', 155_189_248],
    ['155 189 248', 155_189_248],
    ['155.189.248', 155_189_248],
    ['148 MB', Number.NaN],
    ['1.5', Number.NaN],
    ['1,5', Number.NaN],
    ['', Number.NaN],
  ])('of size %j has %d bytes', (text, size) => {
    expect(parseSize(text)).toBe(size);
  });

  it('is refused field by field, each with what to do', () => {
    expect(checkExternalFile(good)).toEqual({});
    const errors = checkExternalFile({ url: 'http://x.example', fileName: 'a b', size: '0', sha256: 'abc' });
    expect(Object.keys(errors)).toEqual(['url', 'fileName', 'size', 'sha256']);
    expect(checkExternalFile({ ...good, url: '' }).url).toContain('https://downloads.example.com');
  });

  it('is labelled by its name unless somebody chose', () => {
    expect(externalFileInput(good, null)).toMatchObject({ type: 'INSTALLER', platform: 'MACOS', size: 155_189_248, sha256: null });
    expect(externalFileInput(good, { type: 'OTHER', platform: 'ALL', architecture: null })).toMatchObject({
      type: 'OTHER',
      platform: 'ALL',
    });
  });
});
