/** The names under which tools know platforms and architectures: Node, Electron, Go, Rust, Debian, RPM, Android. */
import { type Architecture, type Platform, type Target } from './target.js';

const PLATFORM_ALIASES: Readonly<Record<Platform, readonly string[]>> = {
  WINDOWS: ['windows', 'win', 'win32', 'win64', 'nt', 'windowsnt'],
  MACOS: ['macos', 'mac', 'macosx', 'osx', 'darwin', 'macintosh', 'apple'],
  LINUX: ['linux', 'linux32', 'linux64', 'linuxmusl', 'gnu', 'ubuntu', 'debian', 'fedora', 'chromeos'],
  ANDROID: ['android'],
  IOS: ['ios', 'ipados', 'iphone', 'ipad', 'iphoneos'],
  WEB: ['web', 'wasm', 'browser'],
  ALL: ['all', 'any', 'noarch', 'crossplatform'],
};

const ARCHITECTURE_ALIASES: Readonly<Record<Architecture, readonly string[]>> = {
  X64: ['x64', 'amd64', 'x8664', 'em64t', 'intel64', 'win64', '64bit'],
  ARM64: ['arm64', 'aarch64', 'arm64v8a', 'armv8', 'arm64e', 'applesilicon'],
  X86: ['x86', 'i386', 'i486', 'i586', 'i686', 'ia32', '386', 'x32', '32bit', 'win32'],
  ARM: ['arm', 'armhf', 'armv6', 'armv6l', 'armv7', 'armv7l', 'armv7a', 'armel', 'armeabi', 'armeabiv7a', 'arm32'],
  UNIVERSAL: ['universal', 'universal2', 'fat'],
};

/** The platform that a tool's name means (`darwin`, `win32`, `OSX`), or null. Case, spaces and hyphens do not count. */
export function parsePlatform(text: string): Platform | null {
  return findAlias(PLATFORM_ALIASES, text);
}

/** The architecture that a tool's name means (`amd64`, `x86_64`, `aarch64`), or null. */
export function parseArchitecture(text: string): Architecture | null {
  return findAlias(ARCHITECTURE_ALIASES, text);
}

/** A width behind a platform's name. `win32` is how Node calls every Windows, so it tells none. */
const WIDTHS: readonly (readonly [pattern: RegExp, architecture: Architecture])[] = [
  [/64$/, 'X64'],
  [/linux32$/, 'X86'],
];

/** A computer as tools write it in one word: `linux`, `win32-x64`, `darwin-arm64`, `linux-x86_64`, `win64`; null when it is none. */
export function parseTarget(text: string): Target | null {
  const whole = parsePlatform(text);
  if (whole !== null) return { platform: whole, architecture: WIDTHS.find(([pattern]) => pattern.test(text.toLowerCase()))?.[1] ?? null };
  for (const { index } of text.matchAll(/[-_.]/g)) {
    const [platform, architecture] = [parsePlatform(text.slice(0, index)), parseArchitecture(text.slice(index + 1))];
    if (platform !== null && architecture !== null) return { platform, architecture };
  }
  return null;
}

/** A computer as addresses write it: `windows-x64`, `linux`. */
export function targetWord({ platform, architecture }: Target): string {
  return [platform, architecture]
    .filter((part) => part !== null)
    .join('-')
    .toLowerCase();
}

function findAlias<Name extends string>(table: Readonly<Record<Name, readonly string[]>>, text: string): Name | null {
  const word = text.toLowerCase().replace(/[\s_.-]/g, '');
  // The proof of the cast: the table's keys are exactly the names.
  return (Object.keys(table) as Name[]).find((name) => table[name].includes(word)) ?? null;
}
