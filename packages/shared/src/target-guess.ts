/** Guesses from a file's name what it is; people can change the guess. Tables first, no case by case code. */
import { type Architecture, type AssetType, type Platform, type Target } from './target.js';

export interface GuessedTarget extends Target {
  readonly type: AssetType;
}

/** Wraps words so that they match between separators only: `win` is in `app-win-x64`, not in `darwin`. */
function words(pattern: string): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${pattern})(?![a-z0-9])`);
}

/** Checksums, signatures and bills of materials: they belong to another file and install nothing. */
const SIDECAR =
  /(?:\.(?:sha(?:1|256|512)(?:sums?)?|md5|sig|asc|pem|crt|minisig|p7s|sbom|spdx|cdx)(?:\.(?:txt|json|xml))?|sums?(?:\.txt)?|bom\.json)$/;

/** First match wins. Updater files before everything, since `latest-mac.yml` and `RELEASES` are no documents. */
const TYPES: readonly (readonly [pattern: RegExp, type: AssetType])[] = [
  [SIDECAR, 'OTHER'],
  [
    /^latest(?:-[a-z0-9-]+)?\.(?:yml|json)$|^(?:alpha|beta)(?:-[a-z0-9-]+)?\.yml$|^releases(?:\.[a-z0-9.-]+)?$|^(?:appcast|update)[^.]*\.(?:xml|json)$/,
    'UPDATE',
  ],
  [/\.(?:blockmap|nupkg|delta|zsync|msp|appinstaller|bsdiff|xdelta)$/, 'UPDATE'],
  [/\.(?:src\.rpm|srpm|dsc|crate)$/, 'SOURCE_CODE'],
  [words('src|sources?|source-?code|orig'), 'SOURCE_CODE'],
  [/\.(?:pdf|md|chm|docx?|odt|rtf|epub|html?|txt|rst|adoc)$|^(?:readme|license|changelog|notice|authors)$/, 'DOCUMENTATION'],
  [words('update|updater|patch|delta|hotfix|upgrade'), 'UPDATE'],
  [words('docs?|documentation|manual|handbook|user-?guide|javadoc|api-?reference'), 'DOCUMENTATION'],
  [/\.(?:exe|msi|msix|msixbundle|appx|appxbundle|dmg|pkg|mpkg|deb|rpm|appimage|snap|flatpak|run|apk|apks|xapk|aab|ipa|jar)$/, 'INSTALLER'],
];

const ARCHIVE = /\.(?:zip|7z|tgz|txz|tbz2?|tar(?:\.(?:gz|xz|bz2|zst))?|gz|xz|zst|sh)$|^[^.]+$|\.[0-9][^.]*$/;

/** What an extension can only mean. */
const PLATFORM_EXTENSIONS: readonly (readonly [pattern: RegExp, platform: Platform])[] = [
  [
    /\.(?:exe|msi|msix|msixbundle|appx|appxbundle|appinstaller|msp|nupkg|exe\.blockmap)$|^releases$|^(?:latest|alpha|beta)\.yml$/,
    'WINDOWS',
  ],
  [/\.(?:dmg|pkg|mpkg|dmg\.blockmap)$|^appcast[^.]*\.xml$/, 'MACOS'],
  [/\.(?:deb|rpm|dsc|appimage|appimage\.zsync|snap|flatpak|run)$/, 'LINUX'],
  [/\.(?:apk|apks|xapk|aab)$/, 'ANDROID'],
  [/\.ipa$/, 'IOS'],
  [/\.wasm$/, 'WEB'],
];

const PLATFORM_WORDS: readonly (readonly [pattern: RegExp, platform: Platform])[] = [
  [words('android'), 'ANDROID'],
  [words('ios|ipados|iphone|ipad'), 'IOS'],
  [words('mac|macos|mac-?os-?x?|osx|darwin|apple|macintosh|mac(?:arm|intel|x|os)?(?:32|64)'), 'MACOS'],
  [words('win|windows|win(?:dows)?-?(?:7|8|10|11|32|64|x64|x86|arm|arm64)|pc-windows|mingw(?:32|64)?|msvc'), 'WINDOWS'],
  [words('linux|linux-?(?:32|64|x64|x86|arm|arm64|musl)|ubuntu|debian|fedora|centos|rhel|el[6-9]|musl|manylinux|gnu'), 'LINUX'],
  [words('web|wasm|pwa|browser'), 'WEB'],
];

/** First match wins: `win32-x64` is X64, `x86_64` is not X86, `arm64` is not ARM. */
const ARCHITECTURE_WORDS: readonly (readonly [pattern: RegExp, architecture: Architecture])[] = [
  [words('universal2?|fat|x64[-_+]arm64|arm64[-_+]x64'), 'UNIVERSAL'],
  [words('(?:win|linux|mac|macos)?arm-?64(?:-?v8a?|e|ec)?|(?:linux|win)?aarch64|armv8|apple-?silicon|silicon|m1'), 'ARM64'],
  [words('(?:win|linux|mac|macos|osx)?-?(?:x64|x86[-_]64|amd64)|(?:win|linux|mac|macos|osx)64|64-?bit|intel64|intel'), 'X64'],
  [words('arm|arm-?32|armv[67](?:l|a|hf)?|armhf|armel|armeabi(?:-v7a)?'), 'ARM'],
  [words('(?:win|linux)?-?x86|i[3-6]86|386|ia32|(?:win|linux|mingw)32|32-?bit|x32'), 'X86'],
];

/** The likely type, platform and architecture of a file. Nothing recognized: OTHER, ALL, null. */
export function guessTarget(fileName: string): GuessedTarget {
  const name = fileName.toLowerCase();
  // Both spellings are searched, so that `AuroraWin64` has a word `win64` and `macOS` stays one.
  const text = `${name}/${fileName.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}`;
  const type = TYPES.find(([pattern]) => pattern.test(name) || pattern.test(text))?.[1] ?? null;
  if (type === 'OTHER') return { type, platform: 'ALL', architecture: null };
  const platform = firstMatch(PLATFORM_EXTENSIONS, name) ?? firstMatch(PLATFORM_WORDS, text) ?? 'ALL';
  const architecture = firstMatch(ARCHITECTURE_WORDS, text);
  if (type !== null) return { type, platform, architecture };
  const isProgram = ARCHIVE.test(name) && (platform !== 'ALL' || architecture !== null);
  return { type: isProgram ? 'INSTALLER' : 'OTHER', platform, architecture };
}

function firstMatch<T>(table: readonly (readonly [pattern: RegExp, value: T])[], text: string): T | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
