import { describe, expect, it } from 'vitest';
import { parseTarget, targetWord } from './target-aliases.js';
import { ARCHITECTURES, PLATFORMS } from './target.js';

describe('a computer in one word', () => {
  it.each([
    ['linux', 'LINUX', null],
    ['win32', 'WINDOWS', null],
    ['win32-x64', 'WINDOWS', 'X64'],
    ['win64', 'WINDOWS', 'X64'],
    ['win32-ia32', 'WINDOWS', 'X86'],
    ['darwin', 'MACOS', null],
    ['darwin-arm64', 'MACOS', 'ARM64'],
    ['mac-os-x', 'MACOS', null],
    ['macos-apple-silicon', 'MACOS', 'ARM64'],
    ['linux-x86_64', 'LINUX', 'X64'],
    ['linux_amd64', 'LINUX', 'X64'],
    ['linux64', 'LINUX', 'X64'],
    ['linux32', 'LINUX', 'X86'],
    ['Windows-ARM64', 'WINDOWS', 'ARM64'],
    ['android-arm64-v8a', 'ANDROID', 'ARM64'],
    ['all', 'ALL', null],
  ])('%s is %s, %s', (text, platform, architecture) => {
    expect(parseTarget(text)).toEqual({ platform, architecture });
  });

  it.each(['', '-', 'x64', 'beos', 'linux-sparc', '-x64', 'latest.json', 'linux-x64-extra'])('%j is none', (text) => {
    expect(parseTarget(text)).toBeNull();
  });

  it('is read as it is written', () => {
    for (const platform of PLATFORMS)
      for (const architecture of [...ARCHITECTURES, null]) {
        const target = { platform, architecture };
        expect(parseTarget(targetWord(target))).toEqual(target);
      }
  });
});
