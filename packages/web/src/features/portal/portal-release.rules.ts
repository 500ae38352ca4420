/** Which product, version and file the portal shows first. */
import { STABLE_CHANNEL } from '@slipway/shared';
import type { GetPortalReleaseQuery, ListPortalProductsQuery, ListPortalReleasesQuery } from '../../graphql/documents.generated';

export type PortalProduct = ListPortalProductsQuery['products']['nodes'][number];
export type PortalRelease = ListPortalReleasesQuery['downloadables']['nodes'][number];
export type PortalAsset = NonNullable<GetPortalReleaseQuery['downloadable']>['assets'][number];

/** The product named in the address, else the one the visitor has a license for, else the first. */
export function chooseProduct(products: readonly PortalProduct[], slug: string, licensedId: string | null): PortalProduct | null {
  const licensed = products.find(({ id }) => id === licensedId) ?? products.find(({ distribution }) => distribution === 'LICENSED');
  return products.find((product) => product.slug === slug) ?? licensed ?? products[0] ?? null;
}

/** Of all the products that staff see, those that the holder of a license sees: the open ones, and its own unless that is closed. */
export function productsOfLicense(products: readonly PortalProduct[], licensedId: string | null): readonly PortalProduct[] {
  return products.filter(({ id, distribution }) => distribution === 'OPEN' || (distribution === 'LICENSED' && id === licensedId));
}

/** The highest published version of the stable channel; of any channel while there is no stable one. @param releases highest first. */
function latestRelease(releases: readonly PortalRelease[]): PortalRelease | null {
  const published = releases.filter(({ status }) => status === 'PUBLISHED');
  return published.find(({ channel }) => channel === STABLE_CHANNEL) ?? published[0] ?? null;
}

/** Without a wish: the latest of those that may be downloaded, else the latest of all with its reason. */
export function defaultRelease(releases: readonly PortalRelease[]): PortalRelease | null {
  return latestRelease(releases.filter(({ access }) => access.allowed)) ?? latestRelease(releases) ?? releases[0] ?? null;
}

/** Versions that may be downloaded first; each half keeps its order. */
export function byAccess(releases: readonly PortalRelease[]): {
  readonly open: readonly PortalRelease[];
  readonly refused: readonly PortalRelease[];
} {
  return { open: releases.filter(({ access }) => access.allowed), refused: releases.filter(({ access }) => !access.allowed) };
}
