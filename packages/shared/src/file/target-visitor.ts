/** Which computer a visitor sits at, and which file suits it. */
import { parseArchitecture, parsePlatform } from './target-aliases.js';
import { type Architecture, type AssetType, type Platform, type Target } from './target.js';

/** User-Agent Client Hints, where the browser has them; the architecture only after `getHighEntropyValues`. */
export interface ClientHints {
  readonly platform?: string;
  readonly architecture?: string;
  readonly bitness?: string;
}

interface Suitable {
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
}

/** First match wins: Android says Linux too, an iPhone says Mac OS X too. */
const USER_AGENTS: readonly (readonly [pattern: RegExp, platform: Platform])[] = [
  [/Android/i, 'ANDROID'],
  [/iPhone|iPad|iPod/i, 'IOS'],
  [/Windows/i, 'WINDOWS'],
  [/Macintosh|Mac OS X/i, 'MACOS'],
  [/Linux|X11|CrOS/i, 'LINUX'],
];

const USER_AGENT_ARCHITECTURES: readonly (readonly [pattern: RegExp, architecture: Architecture])[] = [
  [/aarch64|arm64/i, 'ARM64'],
  [/x86_64|Win64|WOW64|x64|amd64/i, 'X64'],
  [/armv[67]/i, 'ARM'],
  [/i[3-6]86/i, 'X86'],
];

/** What else runs on a computer, best first, after its own architecture, UNIVERSAL and files that name none. */
const ALSO_RUNS: Readonly<Partial<Record<Platform, Readonly<Partial<Record<Architecture, readonly Architecture[]>>>>>> = {
  WINDOWS: { X64: ['X86'], ARM64: ['X64', 'X86'] },
  MACOS: { ARM64: ['X64'] },
  ANDROID: { ARM64: ['ARM'] },
};

/** The order for a computer of unknown architecture: what most computers run. */
const COMMONEST: readonly (Architecture | null)[] = ['UNIVERSAL', null, 'X64', 'ARM64', 'X86', 'ARM'];
/** The same for what is carried about. */
const COMMONEST_ON_PHONES: readonly (Architecture | null)[] = ['UNIVERSAL', null, 'ARM64', 'ARM', 'X64', 'X86'];

/**
 * The visitor's own platform, or null when the browser does not tell. Every Mac claims to be an Intel one, so its
 * architecture stays unknown unless the client hints give it.
 */
export function detectPlatform(userAgent: string, hints: ClientHints = {}): Target | null {
  const platform = parsePlatform(hints.platform ?? '') ?? find(USER_AGENTS, userAgent);
  if (platform === null) return null;
  const isSilent = platform === 'MACOS' || platform === 'IOS';
  return { platform, architecture: hintedArchitecture(hints) ?? (isSilent ? null : find(USER_AGENT_ARCHITECTURES, userAgent)) };
}

/**
 * The best file to install on a computer, or null when nothing fits: installers of its platform, then installers for all
 * platforms, then other files of its platform. Within these by architecture; of equals the first.
 */
export function pickAssetFor<T extends Suitable>(assets: readonly T[], target: Target): T | null {
  const groups: readonly (readonly [type: AssetType, platform: Platform])[] = [
    ['INSTALLER', target.platform],
    ['INSTALLER', 'ALL'],
    ['OTHER', target.platform],
  ];
  for (const [type, platform] of groups) {
    const group = assets.filter((asset) => asset.type === type && asset.platform === platform);
    for (const architecture of runnable(target)) {
      const found = group.find((asset) => asset.architecture === architecture);
      if (found) return found;
    }
  }
  return null;
}

/** The same kind of file for the other processors of its system, one each, the commonest first. @param picked what is offered first */
export function listOtherArchitectures<T extends Suitable>(assets: readonly T[], picked: T): readonly T[] {
  if (picked.architecture === null || picked.architecture === 'UNIVERSAL') return [];
  const alike = assets.filter(({ type, platform }) => type === picked.type && platform === picked.platform);
  const others = COMMONEST.filter((architecture) => architecture !== null && architecture !== picked.architecture);
  return others.flatMap((architecture) => alike.find((asset) => asset.architecture === architecture) ?? []);
}

/** What a file may be for so that it runs on a computer, the best first; of a file that names no architecture it is null. */
export function targetsRunBy(target: Target): readonly Target[] {
  const platforms = [...new Set<Platform>([target.platform, 'ALL'])];
  return platforms.flatMap((platform) => runnable(target).map((architecture) => ({ platform, architecture })));
}

function runnable({ platform, architecture }: Target): readonly (Architecture | null)[] {
  if (architecture === null) return platform === 'ANDROID' || platform === 'IOS' ? COMMONEST_ON_PHONES : COMMONEST;
  return [architecture, 'UNIVERSAL', null, ...(ALSO_RUNS[platform]?.[architecture] ?? [])];
}

/** Client hints give a family (`x86`, `arm`) and a width apart. https://wicg.github.io/ua-client-hints/ */
function hintedArchitecture({ architecture, bitness }: ClientHints): Architecture | null {
  if (architecture === undefined || architecture === '') return null;
  if (bitness === '64' && architecture === 'x86') return 'X64';
  if (bitness === '64' && architecture === 'arm') return 'ARM64';
  return bitness === '32' ? parseArchitecture(architecture) : null;
}

function find<T>(table: readonly (readonly [pattern: RegExp, value: T])[], text: string): T | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
