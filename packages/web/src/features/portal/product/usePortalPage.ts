import { computed, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import {
  GetPortalProductAsDocument,
  GetPortalProductDocument,
  GetPortalVersionAsDocument,
  GetPortalVersionDocument,
} from '../../../graphql/documents.generated';
import { useAnswerOf, useEither } from '../../../graphql/useEither';
import { useQuery } from '../../../graphql/useQuery';
import { productPath } from '../portal-paths';
import { fallbackVersion, isNewer, type PortalProduct, type PortalRelease } from '../portal-release.rules';
import type { PortalLens } from '../usePortalLens';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A release by its version. @param asked null: not asked for */
function useVersion(asked: Ref<{ readonly productId: string; readonly version: string } | null>, licenseId: Ref<string | null>) {
  const query = useEither(
    useQuery(GetPortalVersionDocument, () => (licenseId.value === null ? asked.value : null)),
    useQuery(GetPortalVersionAsDocument, () => (asked.value && licenseId.value ? { ...asked.value, licenseId: licenseId.value } : null)),
    () => licenseId.value !== null,
  );
  const answer = useAnswerOf(query.data, () => asked.value && JSON.stringify([asked.value, licenseId.value]));
  return { query, answer, release: computed((): PortalRelease | null => answer.value?.product?.downloadableByVersion ?? null) };
}

/** The product that the address names, as whoever looks may have it. */
function useProduct(slug: Ref<string>, channel: Ref<string | null>, { licenseId, isLoading }: PortalLens) {
  const asked = computed(() => {
    if (slug.value === '' || isLoading.value) return null;
    return channel.value === null ? { slug: slug.value } : { slug: slug.value, channel: channel.value };
  });
  const query = useEither(
    useQuery(GetPortalProductDocument, () => (licenseId.value === null ? asked.value : null)),
    useQuery(GetPortalProductAsDocument, () => (asked.value && licenseId.value ? { ...asked.value, licenseId: licenseId.value } : null)),
    () => licenseId.value !== null,
  );
  const answer = useAnswerOf(query.data, () => asked.value && JSON.stringify([asked.value, licenseId.value]));
  return { query, answer, product: computed((): PortalProduct | null => answer.value?.product ?? null) };
}

/**
 * What the pages of one product show: the product, and the version that the address names, else the newest that may be had on the channel
 * that is followed, else the newest with the reason why not. @param lens the license that staff look as: its products, its answers
 */
export function usePortalPage(lens: PortalLens) {
  const route = useRoute();
  const slug = computed(() => textOf(route.params['product']) ?? '');
  const wantedVersion = computed(() => textOf(route.params['version']));
  const channel = computed(() => textOf(route.query['channel']));
  const { query, answer, product } = useProduct(slug, channel, lens);
  const version = computed(() => wantedVersion.value ?? (product.value && fallbackVersion(product.value)));
  const asked = computed(() => (product.value && version.value ? { productId: product.value.id, version: version.value } : null));
  const found = useVersion(asked, lens.licenseId);
  const release = computed(() => (asked.value ? found.release.value : (product.value?.offered ?? null)));
  const problem = computed(() => lens.problem.value ?? query.problem.value ?? (asked.value ? found.query.problem.value : null));
  const kept = computed(() => ({ ...lens.kept.value, ...(channel.value && { channel: channel.value }) }));

  return {
    slug,
    product,
    release,
    wantedVersion,
    channel,
    licenseId: lens.licenseId,
    /** What links within the product keep in their address. */
    kept,
    /** The newest of all, where that is newer than what is shown. */
    newer: computed(() => {
      const latest = product.value?.latest ?? null;
      return latest && release.value && isNewer(latest.version, release.value.version) ? latest : null;
    }),
    /** The newest that is theirs, and where it stands. */
    offered: computed(() => {
      const offered = product.value?.offered ?? null;
      return offered && { version: offered.version, path: productPath(slug.value, offered.version) };
    }),
    /** The address names a product that is not there for this visitor: hidden and missing look alike. */
    isHidden: computed(() => answer.value !== null && product.value === null),
    isLoading: computed(() => problem.value === null && (answer.value === null || (asked.value !== null && found.answer.value === null))),
    problem,
    retry: (): void => [query, found.query].forEach((one) => one.refetch()),
  };
}

export type PortalPage = ReturnType<typeof usePortalPage>;
