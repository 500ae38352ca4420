/** What of a product the portal shows, and in which order. */
import { compareVersions, isDebugArchive, listMainFiles, parseVersion, pickAssetFor, type Target } from '@slipway/shared';
import type {
  GetPortalProductQuery,
  ListPortalProductsQuery,
  PortalReleaseFieldsFragment,
  PortalReleaseRowFragment,
} from '../../graphql/documents.generated';

export type ListedProduct = ListPortalProductsQuery['products']['nodes'][number];
export type PortalProduct = NonNullable<GetPortalProductQuery['product']>;
export type PortalRow = PortalReleaseRowFragment;
export type PortalRelease = PortalReleaseFieldsFragment;
export type PortalAsset = PortalRelease['assets'][number];

/** Of all the products that staff see, those that the holder of a license sees: the open ones, and its own unless that is closed. */
export function productsOfLicense(products: readonly ListedProduct[], licensedId: string | null): readonly ListedProduct[] {
  return products.filter(({ id, distribution }) => distribution === 'OPEN' || (distribution === 'LICENSED' && id === licensedId));
}

/** What is their own, then what is free for everyone. A licensed product that is seen is licensed. */
export function ownFirst(products: readonly ListedProduct[], licensedId: string | null): readonly ListedProduct[] {
  const isOwn = ({ id, distribution }: ListedProduct): boolean => distribution === 'LICENSED' || id === licensedId;
  return [...products.filter(isOwn), ...products.filter((product) => !isOwn(product))];
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

/** Why the file for a computer is not theirs; null when the release has none for it, or what there is may be had. */
export function refusalFor({ assets }: Pick<PortalRelease, 'assets'>, target: Target | null): PortalAsset['access'] | null {
  const files = listMainFiles(assets).filter(({ fileName }) => !isDebugArchive(fileName));
  const access = target && pickAssetFor(files, target)?.access;
  return access?.allowed === false ? access : null;
}

/** Whether one version comes after another; one that cannot be read comes after nothing. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [parseVersion(version), parseVersion(than)];
  return one.ok && other.ok && compareVersions(one.value, other.value) > 0;
}

/** The version to show where nothing is asked for and none may be had: the one that was paid for last, else the newest, with its reason. */
export function fallbackVersion({ offered, latest, lastDownload }: PortalProduct): string | null {
  if (offered !== null || latest === null) return null;
  return (latest.access.code === 'DOWNLOAD_LIMIT' ? lastDownload?.version : null) ?? latest.version;
}
