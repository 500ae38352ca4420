import { describe, expect, it } from 'vitest';
import { targetLabel, type Architecture, type AssetType, type Platform } from './target.js';
import { detectPlatform, listOtherArchitectures, pickAssetFor } from './target-visitor.js';

describe('detectPlatform', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120', {}, 'WINDOWS', 'X64'],
    ['Mozilla/5.0 (Windows NT 6.1; WOW64)', {}, 'WINDOWS', 'X64'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', { platform: 'Windows', architecture: 'arm', bitness: '64' }, 'WINDOWS', 'ARM64'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', {}, 'MACOS', null],
    ['', { platform: 'macOS', architecture: 'arm', bitness: '64' }, 'MACOS', 'ARM64'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:120.0)', {}, 'LINUX', 'X64'],
    ['Mozilla/5.0 (X11; Linux aarch64)', {}, 'LINUX', 'ARM64'],
    ['Mozilla/5.0 (X11; Linux i686)', {}, 'LINUX', 'X86'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)', { platform: 'Chrome OS' }, 'LINUX', 'X64'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8)', {}, 'ANDROID', null],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)', {}, 'IOS', null],
    ['', { platform: 'Windows' }, 'WINDOWS', null],
  ] as const)('%s with %j is %s %s', (userAgent, hints, platform, architecture) => {
    expect(detectPlatform(userAgent, hints)).toEqual({ platform, architecture });
  });

  it('says nothing about a program that does not tell', () => {
    expect(detectPlatform('curl/8.5.0')).toBeNull();
    expect(detectPlatform('', { platform: 'Unknown' })).toBeNull();
  });
});

describe('pickAssetFor', () => {
  const asset = (platform: Platform, architecture: Architecture | null, type: AssetType = 'INSTALLER') => ({
    platform,
    architecture,
    type,
  });
  const winX64 = asset('WINDOWS', 'X64');
  const winX86 = asset('WINDOWS', 'X86');
  const winAny = asset('WINDOWS', null);
  const macArm = asset('MACOS', 'ARM64');
  const macX64 = asset('MACOS', 'X64');
  const macBoth = asset('MACOS', 'UNIVERSAL');
  const everywhere = asset('ALL', null);
  const [phoneX64, phoneArm] = [asset('ANDROID', 'X64'), asset('ANDROID', 'ARM64')];
  const anyZip = asset('ALL', null, 'OTHER');
  const winZip = asset('WINDOWS', 'X64', 'OTHER');
  const manual = asset('ALL', null, 'DOCUMENTATION');

  it.each([
    ['the exact architecture first', [winAny, winX86, winX64], 'WINDOWS', 'X64', winX64],
    ['a file that names no architecture next', [winX86, winAny], 'WINDOWS', 'X64', winAny],
    ['an older architecture that still runs', [winX86], 'WINDOWS', 'X64', winX86],
    ['universal before translated', [macX64, macBoth], 'MACOS', 'ARM64', macBoth],
    ['translated when there is nothing else', [macX64], 'MACOS', 'ARM64', macX64],
    ['nothing that cannot run', [macArm], 'MACOS', 'X64', null],
    ['what most computers run when it is unknown', [macArm, macX64], 'MACOS', null, macX64],
    ['what most phones run when it is unknown', [phoneX64, phoneArm], 'ANDROID', null, phoneArm],
    ['another file for all platforms where that is asked for', [manual, anyZip], 'ALL', null, anyZip],
    ['universal when it is unknown', [macArm, macBoth], 'MACOS', null, macBoth],
    ['the own platform before all platforms', [everywhere, winAny], 'WINDOWS', 'X64', winAny],
    ['an installer for all platforms', [manual, everywhere, winX64], 'LINUX', 'X64', everywhere],
    ['another file of the platform as a last resort', [manual, winZip], 'WINDOWS', 'X64', winZip],
    ['an installer before another file', [winZip, winX86], 'WINDOWS', 'X64', winX86],
    ['never a manual', [manual], 'WINDOWS', 'X64', null],
    ['nothing from nothing', [], 'WINDOWS', 'X64', null],
  ] as const)('takes %s', (_rule, assets, platform, architecture, expected) => {
    expect(pickAssetFor(assets, { platform, architecture })).toBe(expected);
  });
});

describe('what is offered beside the first file', () => {
  const file = (platform: Platform, architecture: Architecture | null, type: AssetType = 'INSTALLER') => ({ type, platform, architecture });
  const [x64, arm64, x86] = [file('WINDOWS', 'X64'), file('WINDOWS', 'ARM64'), file('WINDOWS', 'X86')];
  const all = [x86, arm64, file('MACOS', 'ARM64'), file('WINDOWS', 'ARM64'), file('WINDOWS', 'X64', 'OTHER'), x64];

  it('is one file for each other processor of the same system', () => {
    expect(listOtherArchitectures(all, x64)).toEqual([arm64, x86]);
    expect(listOtherArchitectures(all, arm64)).toEqual([x64, x86]);
  });

  it('is nothing where the first file runs on all of them', () => {
    for (const architecture of ['UNIVERSAL', null] as const) expect(listOtherArchitectures(all, file('WINDOWS', architecture))).toEqual([]);
  });
});

describe('a computer in a sentence', () => {
  it.each([
    ['WINDOWS', 'X64', 'Windows (x64)'],
    ['MACOS', 'X64', 'macOS (Intel)'],
    ['MACOS', 'ARM64', 'macOS (Apple silicon)'],
    ['MACOS', 'UNIVERSAL', 'macOS'],
    ['LINUX', null, 'Linux'],
  ] as const)('%s %s is %s', (platform, architecture, text) => {
    expect(targetLabel({ platform, architecture })).toBe(text);
  });
});
