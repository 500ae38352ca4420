/** What a file is and which computer it is for. */
import { architectureLabels, assetTypeLabels, macLabels, platformLabels } from '../messages/labels.js';

/** Kinds of files. INSTALLER is whatever puts the program on a computer, an archive with the program in it included. */
export const ASSET_TYPES = ['INSTALLER', 'UPDATE', 'DOCUMENTATION', 'SOURCE_CODE', 'OTHER'] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

export const PLATFORMS = ['WINDOWS', 'MACOS', 'LINUX', 'ANDROID', 'IOS', 'WEB', 'ALL'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Processors. UNIVERSAL is one file with several inside, as on macOS. */
export const ARCHITECTURES = ['X64', 'ARM64', 'X86', 'ARM', 'UNIVERSAL'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** A computer, as far as it is known: a null architecture means unknown. */
export interface Target {
  readonly platform: Platform;
  readonly architecture: Architecture | null;
}

export const ASSET_TYPE_LABELS: Readonly<Record<AssetType, string>> = assetTypeLabels;

export const PLATFORM_LABELS: Readonly<Record<Platform, string>> = platformLabels;

export const ARCHITECTURE_LABELS: Readonly<Record<Architecture, string>> = architectureLabels;

const MAC_LABELS: Readonly<Partial<Record<Architecture, string>>> = macLabels;

/** A processor as its system's people call it: `Arm64`, on a Mac `Apple silicon`. */
export function architectureLabel({ platform, architecture }: Target): string | null {
  if (architecture === null) return null;
  return (platform === 'MACOS' ? MAC_LABELS[architecture] : undefined) ?? ARCHITECTURE_LABELS[architecture];
}

/** A computer in a sentence: `Windows (x64)`; without its processor where that is unknown, or any will do. */
export function targetLabel(target: Target): string {
  const architecture = target.architecture === 'UNIVERSAL' ? null : architectureLabel(target);
  return architecture === null ? PLATFORM_LABELS[target.platform] : `${PLATFORM_LABELS[target.platform]} (${architecture})`;
}
