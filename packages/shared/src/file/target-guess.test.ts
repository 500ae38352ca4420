import { describe, expect, it } from 'vitest';
import { parseArchitecture, parsePlatform } from './target-aliases.js';
import { FILE_NAMES } from './target.cases.js';
import { guessTarget } from './target-guess.js';

describe('guessTarget', () => {
  it.each(FILE_NAMES)('%s is %s for %s %s', (name, type, platform, architecture) => {
    expect(guessTarget(name)).toEqual({ type, platform, architecture });
  });

  it('takes no noticeable time over a hostile name', () => {
    const startedAt = Date.now();
    for (const name of ['a'.repeat(200), '-'.repeat(200), 'win-'.repeat(50), '.tar'.repeat(50), 'update'.repeat(33)]) guessTarget(name);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('parsePlatform and parseArchitecture', () => {
  it.each([
    ['win32', 'WINDOWS'],
    ['Win64', 'WINDOWS'],
    ['windows', 'WINDOWS'],
    ['darwin', 'MACOS'],
    ['Mac OS X', 'MACOS'],
    ['osx', 'MACOS'],
    ['LINUX', 'LINUX'],
    ['android', 'ANDROID'],
    ['ios', 'IOS'],
    ['web', 'WEB'],
    ['any', 'ALL'],
    ['', null],
    ['amiga', null],
  ])('the platform %j is %s', (text, platform) => {
    expect(parsePlatform(text)).toBe(platform);
  });

  it.each([
    ['amd64', 'X64'],
    ['x86_64', 'X64'],
    ['x64', 'X64'],
    ['aarch64', 'ARM64'],
    ['ARM64', 'ARM64'],
    ['arm64-v8a', 'ARM64'],
    ['i386', 'X86'],
    ['ia32', 'X86'],
    ['armv7l', 'ARM'],
    ['universal', 'UNIVERSAL'],
    ['riscv64', null],
    ['', null],
  ])('the architecture %j is %s', (text, architecture) => {
    expect(parseArchitecture(text)).toBe(architecture);
  });
});
