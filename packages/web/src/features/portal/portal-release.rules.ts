/** Which product, version and file the portal shows first. */
import { PLATFORMS, type Platform } from '@slipway/shared';
import type { GetPortalReleaseQuery, ListPortalProductsQuery, ListPortalReleasesQuery } from '../../graphql/documents.generated';

export type PortalProduct = ListPortalProductsQuery['products']['nodes'][number];
export type PortalRelease = ListPortalReleasesQuery['downloadables']['nodes'][number];
export type PortalAsset = NonNullable<GetPortalReleaseQuery['downloadable']>['assets'][number];

/** The product named in the address, else the one the visitor has a license for, else the first. */
export function chooseProduct(products: readonly PortalProduct[], slug: string, licensedId: string | null): PortalProduct | null {
  return products.find((product) => product.slug === slug) ?? products.find(({ id }) => id === licensedId) ?? products[0] ?? null;
}

/** Without a wish: the latest if it may be downloaded, else the highest that may, else the latest with its reason. */
export function defaultRelease(releases: readonly PortalRelease[], latestId: string | null): PortalRelease | null {
  const latest = releases.find(({ id }) => id === latestId);
  if (latest?.access.allowed) return latest;
  const allowed = releases.find(({ access, status }) => access.allowed && status === 'PUBLISHED');
  return allowed ?? latest ?? releases.find(({ status }) => status === 'PUBLISHED') ?? releases[0] ?? null;
}

/** Versions that may be downloaded first; each half keeps its order. */
export function byAccess(releases: readonly PortalRelease[]): {
  readonly open: readonly PortalRelease[];
  readonly refused: readonly PortalRelease[];
} {
  return { open: releases.filter(({ access }) => access.allowed), refused: releases.filter(({ access }) => !access.allowed) };
}

export interface PlatformGroup {
  readonly platform: Platform;
  readonly assets: readonly PortalAsset[];
}

/** Files by platform, the visitor's own first. */
export function groupByPlatform(assets: readonly PortalAsset[], own: Platform | null): readonly PlatformGroup[] {
  const order = own ? [own, ...PLATFORMS.filter((platform) => platform !== own)] : PLATFORMS;
  return order
    .map((platform) => ({ platform, assets: assets.filter((asset) => asset.platform === platform) }))
    .filter((group) => group.assets.length > 0);
}
