/** The names under which tools know platforms and architectures: Node, Electron, Go, Rust, Debian, RPM, Android. */
import { type Architecture, type Platform } from './target.js';

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

function findAlias<Name extends string>(table: Readonly<Record<Name, readonly string[]>>, text: string): Name | null {
  const word = text.toLowerCase().replace(/[\s_.-]/g, '');
  // The proof of the cast: the table's keys are exactly the names.
  return (Object.keys(table) as Name[]).find((name) => table[name].includes(word)) ?? null;
}
