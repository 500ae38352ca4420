import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFileName, cleanFileName, fileNameKey, FILE_NAME_MAX_LENGTH } from './asset-name.js';

describe('checkFileName', () => {
  it.each(['a', '7z', 'Aurora-2.4.0_x64+1~rc.tar.gz', 'a'.repeat(FILE_NAME_MAX_LENGTH)])('accepts %s', (name) => {
    expect(checkFileName(name)).toBeNull();
  });

  it.each(['', '.env', '-x', 'a b.exe', 'a/b', 'a\\b', 'ü.exe', 'a\n', 'a\0', '../x', 'a:b', 'a'.repeat(FILE_NAME_MAX_LENGTH + 1)])(
    'refuses %j with a name that would do',
    (name) => {
      const problem = checkFileName(name);
      expect(problem?.code).toBe('FILE_NAME_INVALID');
      expect(checkFileName(String(problem?.params?.['proposal']))).toBeNull();
    },
  );
});

describe('cleanFileName', () => {
  it.each([
    ['Aurora Setup (1).exe', 'Aurora-Setup-1.exe'],
    ['Übersicht für Größe.pdf', 'Ubersicht-fur-Grosse.pdf'],
    ['C:\\fakepath\\My App.msi', 'My-App.msi'],
    ['dist/app.zip', 'app.zip'],
    ['日本語.exe', 'file.exe'],
    ['日本語', 'file'],
    ['.env', 'file.env'],
    ['', 'file'],
    ['...', 'file'],
    ['../../etc/passwd', 'passwd'],
    ['Setup – final!.dmg', 'Setup-final.dmg'],
    [`${'a'.repeat(300)}.tar.gz`, `${'a'.repeat(193)}.tar.gz`],
    ['good-1.0.zip', 'good-1.0.zip'],
  ])('makes %j into %s', (name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it('always makes a name that passes the check, from any text', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('.', '-', 'a', '/', ' ', 'ß', 'tar.'), maxLength: 300 }),
    );
    fc.assert(
      fc.property(names, (name) => {
        const cleaned = cleanFileName(name);
        expect(checkFileName(cleaned)).toBeNull();
        expect(cleanFileName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 3_000, seed: 42 },
    );
  });

  it('takes no noticeable time over a huge name', () => {
    const startedAt = Date.now();
    for (const unit of ['-', '.', ' ', 'a.', '/', '.tar']) cleanFileName(unit.repeat(100_000));
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('fileNameKey', () => {
  it('ignores case', () => {
    expect(fileNameKey('Setup.EXE')).toBe(fileNameKey('setup.exe'));
  });
});
