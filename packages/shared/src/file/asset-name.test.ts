import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFileName, cleanFileName, fileNameKey, FILE_NAME_MAX_LENGTH, isNameless } from './asset-name.js';

describe('checkFileName', () => {
  it.each(['a', '7z', 'Aurora-2.4.0_x64+1~rc.tar.gz', 'a'.repeat(FILE_NAME_MAX_LENGTH)])('accepts %s', (name) => {
    expect(checkFileName(name)).toBeNull();
  });

  it.each([
    '',
    '.env',
    '-x',
    'a b.exe',
    'a/b',
    'a\\b',
    'ü.exe',
    'a\n',
    'a\0',
    '../x',
    'a:b',
    'CON.zip',
    'aux.exe',
    'Com1',
    'nul.tar.gz',
    'app.',
    'app..',
    'a'.repeat(FILE_NAME_MAX_LENGTH + 1),
  ])('refuses %j with a name that would do', (name) => {
    const problem = checkFileName(name);
    expect(problem?.code).toBe('FILE_NAME_INVALID');
    expect(checkFileName(String(problem?.params?.['proposal']))).toBeNull();
  });
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
    ['App%20CLI.dmg', 'App-CLI.dmg'],
    ['100%.zip', '100.zip'],
    ['CON.zip', 'file-CON.zip'],
    ['aux.exe', 'file-aux.exe'],
    ['console.exe', 'console.exe'],
    ['app.', 'app'],
  ])('makes %j into %s', (name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it('gives names that come to the same, or are there already, a number', () => {
    const taken = new Set<string>();
    const names = ['山田.zip', '製作所.zip', 'Файл.zip', 'My App.exe', 'my app.exe'].map((name) => {
      const cleaned = cleanFileName(name, taken);
      taken.add(fileNameKey(cleaned));
      return cleaned;
    });
    expect(names).toEqual(['file.zip', 'file-2.zip', 'file-3.zip', 'My-App.exe', 'my-app-2.exe']);
    expect(cleanFileName(`${'ü'.repeat(300)}.zip`, new Set([`${'u'.repeat(196)}.zip`]))).toBe(`${'u'.repeat(194)}-2.zip`);
    expect(checkFileName('山田.zip', taken)?.params).toEqual({ proposal: 'file-4.zip' });
  });

  it('knows which names have nothing left of them', () => {
    expect(['山田.zip', '日本語', 'My App.exe', 'file name.zip', 'app.zip'].map(isNameless)).toEqual([true, true, false, false, false]);
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
    for (const unit of ['-', '.', ' ', 'a.', '/', '.tar', '-.', '.-'])
      for (const end of ['', 'x', 'x ', '!']) cleanFileName(unit.repeat(100_000) + end);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('fileNameKey', () => {
  it('ignores case', () => {
    expect(fileNameKey('Setup.EXE')).toBe(fileNameKey('setup.exe'));
  });
});
