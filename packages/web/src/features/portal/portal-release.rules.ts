/** Which product, version and file the portal shows first. */
import type { GetPortalReleaseQuery, ListPortalProductsQuery, ListPortalReleasesQuery } from '../../graphql/documents.generated';

export type PortalProduct = ListPortalProductsQuery['products']['nodes'][number];
export type PortalRelease = ListPortalReleasesQuery['downloadables']['nodes'][number];
export type PortalAsset = NonNullable<GetPortalReleaseQuery['downloadable']>['assets'][number];

/**
 * The product named in the address; without a name the one the visitor has a license for, else the first. One that is named and
 * not seen is never replaced by another: a link to it waits for whoever may see it.
 */
export function chooseProduct(products: readonly PortalProduct[], slug: string, licensedId: string | null): PortalProduct | null {
  if (slug !== '') return products.find((product) => product.slug === slug) ?? null;
  const licensed = products.find(({ id }) => id === licensedId) ?? products.find(({ distribution }) => distribution === 'LICENSED');
  return licensed ?? products[0] ?? null;
}

/** Of all the products that staff see, those that the holder of a license sees: the open ones, and its own unless that is closed. */
export function productsOfLicense(products: readonly PortalProduct[], licensedId: string | null): readonly PortalProduct[] {
  return products.filter(({ id, distribution }) => distribution === 'OPEN' || (distribution === 'LICENSED' && id === licensedId));
}

interface Judged {
  readonly access: { readonly allowed: boolean; readonly params?: Readonly<Record<string, unknown>> | null };
}

/** Whether there is anything in a release that the visitor may download: at the limit single files stay open. */
export function isOpenTo(release: Judged & { readonly assets: readonly Judged[] }): boolean {
  return release.access.allowed || release.assets.some(({ access }) => access.allowed);
}

/** Until when the files stay open that were paid for with the last downloads, the first to close; null when nothing ends. */
export function keptUntil({ assets }: { readonly assets: readonly Judged[] }): string | null {
  const ends = assets.flatMap(({ access }) => {
    const until = access.allowed ? access.params?.['repeatableUntil'] : null;
    return typeof until === 'string' ? until : [];
  });
  return ends.toSorted()[0] ?? null;
}

/** Versions that may be downloaded, those that may not, and those that were taken back, each highest first: nobody pays for the last. */
export function byAccess(releases: readonly PortalRelease[]): Readonly<Record<'open' | 'refused' | 'withdrawn', readonly PortalRelease[]>> {
  const refused = releases.filter(({ access }) => !access.allowed);
  return {
    open: releases.filter(({ access }) => access.allowed),
    refused: refused.filter(({ status }) => status !== 'WITHDRAWN'),
    withdrawn: refused.filter(({ status }) => status === 'WITHDRAWN'),
  };
}

/** The versions that begin like the typed one, else those that have it anywhere; a leading v does not count. */
export function matching(releases: readonly PortalRelease[], typed: string): readonly PortalRelease[] {
  const plain = (version: string): string =>
    version
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/, '');
  const wanted = plain(typed);
  if (wanted === '') return releases;
  const isExact = releases.filter(({ version }) => plain(version) === wanted);
  if (isExact.length > 0) return isExact;
  const begin = releases.filter(({ version }) => plain(version).startsWith(wanted));
  return begin.length > 0 ? begin : releases.filter(({ version }) => plain(version).includes(wanted));
}
