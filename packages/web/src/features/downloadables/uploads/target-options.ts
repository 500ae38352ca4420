/** What a file can be for, as a select shows it. */
import {
  ARCHITECTURE_LABELS,
  ARCHITECTURES,
  ASSET_TYPE_LABELS,
  ASSET_TYPES,
  PLATFORM_LABELS,
  PLATFORMS,
  type Architecture,
  type AssetType,
  type Platform,
} from '@slipway/shared';

export interface TargetChoice {
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
}

export const TYPE_OPTIONS = ASSET_TYPES.map((value) => ({ value, label: ASSET_TYPE_LABELS[value] }));
export const PLATFORM_OPTIONS = PLATFORMS.map((value) => ({ value, label: PLATFORM_LABELS[value] }));
/** A select has no null: NONE stands for it. */
export const ARCHITECTURE_OPTIONS = [
  { value: 'NONE' as const, label: 'Any processor' },
  ...ARCHITECTURES.map((value) => ({ value, label: ARCHITECTURE_LABELS[value] })),
];
