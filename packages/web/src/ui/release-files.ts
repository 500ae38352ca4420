/** The files of a release as people choose among them; the portal and the page of a share link show them alike. */
import {
  groupSideFiles,
  PLATFORMS,
  type Architecture,
  type AssetState,
  type AssetType,
  type FileWithSides,
  type Platform,
} from '@slipway/shared';

export interface ShownFile {
  readonly id: string;
  readonly fileName: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly state: AssetState;
  readonly external: boolean;
  readonly downloadUrl: string;
  /** Whether it may be downloaded, and if not, why: empty when the page says so once for all. */
  readonly access: { readonly allowed: boolean; readonly message: string };
}

export interface PlatformGroup {
  readonly platform: Platform;
  readonly files: readonly FileWithSides<ShownFile>[];
}

/** Files by platform, the visitor's own first; signatures and the like stand under the file to which they belong. */
export function groupByPlatform(assets: readonly ShownFile[], own: Platform | null): readonly PlatformGroup[] {
  const order = own ? [own, ...PLATFORMS.filter((platform) => platform !== own)] : PLATFORMS;
  const files = groupSideFiles(assets);
  return order
    .map((platform) => ({ platform, files: files.filter(({ main }) => main.platform === platform) }))
    .filter((group) => group.files.length > 0);
}
