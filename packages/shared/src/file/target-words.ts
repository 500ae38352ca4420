/** The words by which names of files tell what they are for: tables of patterns, first match first. */
import { type Architecture, type AssetType, type Platform } from './target.js';

export type Table<T> = readonly (readonly [pattern: RegExp, value: T])[];

/** Wraps words so that they match between separators only: `win` is in `app-win-x64`, not in `darwin`. */
function words(pattern: string): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${pattern})(?![a-z0-9])`);
}

/** Debug symbols: for whoever debugs, never what is downloaded to be run. */
const DEBUG = new RegExp(
  `${words('(?:debug-?)?symbols?|dsyms?|pdbs?|dbgsym|debug-?info|debug-?source|breakpad').source}|-debug\\.(?:zip|7z)$`,
);

/** Whether a name is that of debug symbols. */
export function isDebugArchive(fileName: string): boolean {
  return DEBUG.test(fileName.toLowerCase());
}

/** What an extension, or the whole name, can only be. Updater files first, since `latest-mac.yml` and `RELEASES` are no documents. */
export const CERTAIN_TYPES: Table<AssetType> = [
  [
    /^latest(?:-[a-z0-9-]+)?\.(?:yml|json)$|^(?:alpha|beta)(?:-[a-z0-9-]+)?\.yml$|^releases(?:\.[a-z0-9.-]+)?$|^(?:appcast|update)[^.]*\.(?:xml|json)$/,
    'UPDATE',
  ],
  [/\.(?:blockmap|delta|zsync|msp|appinstaller|bsdiff|xdelta)$/, 'UPDATE'],
  [/\.(?:src\.rpm|srpm|dsc|crate)$/, 'SOURCE_CODE'],
  [/\.(?:pdf|md|chm|docx?|odt|rtf|epub|html?|txt|rst|adoc)$|^(?:readme|license|changelog|notice|authors)$/, 'DOCUMENTATION'],
];

/** What is run or installed as it is. */
export const PROGRAM =
  /\.(?:exe|msi|msix|msixbundle|appx|appxbundle|dmg|pkg|mpkg|deb|rpm|appimage|snap|flatpak|run|apk|apks|xapk|aab|ipa)$/;
/** What may hold a program, or be one without an extension. */
export const ARCHIVE =
  /\.(?:zip|7z|rar|cab|tgz|txz|tbz2?|tzst|tar(?:\.(?:gz|xz|bz2|zst|lz|lzma))?|gz|xz|bz2|zst|bin|sh)$|^[^.]+$|\.[0-9][^.]*$/;

export const UPDATE_WORDS = words('update|updater|patch|delta|hotfix|upgrade');
/** Behind a version an update is meant: `app-2.4-update-x64.zip`; before it stands the name of the product: `go-upgrade-1.2.zip`. */
export const UPDATE_BEHIND_VERSION = new RegExp(`[0-9]\\.[0-9].*?${UPDATE_WORDS.source}`);
export const SOURCE_WORDS = words('src|sources?|source-?code|orig');
export const DOCUMENTATION_WORDS = words('docs?|documentation|manual|handbook|user-?guide|javadoc|api-?reference');
export const INSTALLER_WORDS = words('setup|install|installer|portable|standalone');

/** What an extension can only mean. */
export const PLATFORM_EXTENSIONS: Table<Platform> = [
  // Maven gives programs of every system this ending: `protoc-1.2-linux-x86_64.exe`.
  [/[-_.]linux[-_.][a-z0-9_-]*(?:64|86|arm)[a-z0-9]*\.exe$/, 'LINUX'],
  [/[-_.](?:osx|macos|darwin)[-_.][a-z0-9_-]*(?:64|86|arm)[a-z0-9]*\.exe$/, 'MACOS'],
  [
    /\.(?:exe|msi|msix|msixbundle|appx|appxbundle|appinstaller|msp|nupkg|exe\.blockmap|(?:exe|msi)\.zip)$|^releases$|^(?:latest|alpha|beta)\.yml$/,
    'WINDOWS',
  ],
  [/\.(?:dmg|pkg|mpkg|dmg\.blockmap|(?:dmg|pkg|app)\.(?:zip|tar\.gz))$|^appcast[^.]*\.xml$/, 'MACOS'],
  [/\.(?:deb|rpm|dsc|appimage|appimage\.zsync|snap|flatpak|run)$/, 'LINUX'],
  // Alpine's packages end like Android's.
  [/(?<![a-z0-9])(?:linux|alpine|musl)(?![a-z0-9]).*\.apk$/, 'LINUX'],
  [/\.(?:apk|apks|xapk|aab)$/, 'ANDROID'],
  [/\.ipa$/, 'IOS'],
  [/\.wasm$/, 'WEB'],
];

/** The last one in a name counts: `android-studio-windows` is for Windows. */
export const PLATFORM_WORDS: Table<Platform> = [
  [words('android'), 'ANDROID'],
  [words('ios|ipados|iphone|ipad'), 'IOS'],
  [words('mac|macos(?:[0-9]{2})?|mac-?os-?x?|osx|darwin|apple|macintosh|(?:mac|macos|osx|darwin)(?:arm|intel|x|os)?(?:32|64)'), 'MACOS'],
  [
    words(
      'win|mswin|windows|(?:ms)?win(?:dows)?-?(?:7|8|10|11|32|64|x64|x86|arm|arm64)|w(?:32|64)|woa(?:32|64)?|pc-windows|mingw(?:32|64)?|ucrt64',
    ),
    'WINDOWS',
  ],
  [
    words(
      'linux|linux-?(?:32|64|x64|x86|arm|arm64|musl)|ubuntu|debian|fedora|centos|rocky|alma|almalinux|rhel|el[6-9]|alpine|suse|opensuse|' +
        'amazonlinux|archlinux|raspbian|raspberrypi|manylinux|bionic|focal|jammy|noble|buster|bullseye|bookworm|trixie',
    ),
    'LINUX',
  ],
  [words('wasm|wasm32|pwa'), 'WEB'],
  [/(?<![a-z0-9])web(?:\.[a-z0-9]+){0,2}$/, 'WEB'],
];

/** Compilers and libraries: they tell a platform only where nothing else does. */
export const PLATFORM_HINTS: Table<Platform> = [
  [words('msvc'), 'WINDOWS'],
  [words('gnu|musl'), 'LINUX'],
];

const SYSTEM = '(?:win|windows|mswin|linux|mac|macos|osx|darwin)';

/** First match wins: `win32-x64` is X64, `x86_64` is not X86, `arm64` is not ARM. */
export const ARCHITECTURE_WORDS: Table<Architecture> = [
  [words('universal2?|fat|x64[-_+]arm64|arm64[-_+]x64'), 'UNIVERSAL'],
  [words(`${SYSTEM}?arm[-_]?64(?:-?v8a?|e|ec|-?bit)?|(?:linux|win)?aarch[-_]?64|armv8|apple-?silicon|woa(?:64)?`), 'ARM64'],
  [words(`${SYSTEM}?-?(?:x64|x86[-_]64(?:v[1-4])?|amd64(?:v[1-4])?)|64-?bit|intel64|em64t`), 'X64'],
  [words(`${SYSTEM}?arm|arm-?32|armv[5-7](?:l|a|hf|te)?|armhf|armel|armeabi(?:-v7a)?|aarch32`), 'ARM'],
  [words(`${SYSTEM}?-?x86|i[3-6]86|386|ia32|32-?bit|x32`), 'X86'],
  // Names of systems that carry a width, as toolchains do: `i686-w64-mingw32` is X86.
  [words(`${SYSTEM}64|w64|(?:mingw|ucrt)64`), 'X64'],
  [words(`${SYSTEM}32|w32|mingw32`), 'X86'],
  // Words that mean an architecture only where none is named: `silicon-1.2-x86_64`.
  [words('intel'), 'X64'],
];

/** Only on a Mac, and where nothing else is named. */
export const MAC_ARM = words('silicon|m1');
/** A Mac program for all processors. */
export const MAC_UNIVERSAL = words('all');
/** Architectures that have no word of ours: the name tells one all the same. */
export const OTHER_ARCHITECTURE = words(
  'ppc64(?:le|el)?|powerpc|s390x?|riscv(?:32|64)|loong(?:arch)?64|mips(?:64)?(?:el|le)?|sparcv?9?|aix|solaris|freebsd|openbsd|netbsd',
);
/** A bare width apart from other numbers. */
export const BARE_WIDTH: Table<Architecture> = [
  [/(?:_|(?<![0-9.])-)64(?![0-9a-z]|\.[0-9])/, 'X64'],
  [/(?:_|(?<![0-9.])-)32(?![0-9a-z]|\.[0-9])/, 'X86'],
];
/** What a width can stand behind as part of a name. */
export const MAY_END_IN_WIDTH = /\.(?:exe|msi|zip|7z|rar)$/;
export const WIDTH_BEHIND_NAME: Table<Architecture> = [
  [/[a-z]{3,}(?<!base|utf|int|float|sha|crc|nintendo|commodore)64(?![0-9a-z])/, 'X64'],
  [/[a-z]{3,}(?<!base|utf|int|float|sha|crc)32(?![0-9a-z])/, 'X86'],
];
