import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { GetPortalReleaseAsDocument, GetPortalReleaseDocument } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useEither } from '../../graphql/useEither';
import { useQuery } from '../../graphql/useQuery';
import { isOpenTo } from './portal-release.rules';
import { usePortalChoice } from './usePortalChoice';
import type { PortalLens } from './usePortalLens';
import { usePortalProduct } from './usePortalProduct';
import { usePortalVersions } from './usePortalVersions';

/**
 * The product and version that the address names, with what the visitor may have of them.
 * @param lens the license that staff look as: its products, its answers
 */
export function usePortalRelease(lens: PortalLens) {
  const { licenseId } = lens;
  const isAs = (): boolean => licenseId.value !== null;
  const route = useRoute();
  const router = useRouter();
  const { viewer } = useSession();
  const wantedVersion = computed(() => (typeof route.query['version'] === 'string' ? route.query['version'] : ''));

  const shop = usePortalProduct(lens);
  const { product } = shop;
  const choice = usePortalChoice({ product, version: wantedVersion, licenseId });
  /** The list is asked for by who reaches for it, or where nothing is published; once due, it is for each product shown later. */
  const isListDue = ref(false);
  const hasLatest = computed(() => choice.latestId.value !== null);
  const isListNeeded = computed(() => product.value !== null && !hasLatest.value && wantedVersion.value === '');
  const versions = usePortalVersions(() => (isListDue.value || isListNeeded.value ? (product.value?.id ?? null) : null), licenseId);

  const releaseId = computed(() => choice.releaseId.value ?? (isListNeeded.value ? (versions.releases.value?.[0]?.id ?? null) : null));
  const detailQuery = useEither(
    useQuery(GetPortalReleaseDocument, () => (releaseId.value && !isAs() ? { id: releaseId.value } : null)),
    useQuery(GetPortalReleaseAsDocument, () =>
      releaseId.value && licenseId.value ? { id: releaseId.value, licenseId: licenseId.value } : null,
    ),
    isAs,
  );
  watch(detailQuery.data, (answer) => answer?.downloadable && !isOpenTo(answer.downloadable) && choice.refuse(answer.downloadable.id), {
    immediate: true,
    flush: 'sync',
  });
  const detail = computed(() => {
    const loaded = detailQuery.data.value?.downloadable ?? null;
    return loaded?.id === releaseId.value ? loaded : null;
  });
  const isLoading = computed(() => {
    if (lens.isLoading.value || shop.isLoading.value || choice.isLoading.value) return true;
    if (isListNeeded.value && versions.releases.value === null && versions.problem.value === null) return true;
    return releaseId.value !== null && detail.value === null;
  });
  watch([product, isLoading], ([shown]) => {
    if (shown && !isLoading.value && viewer.value && route.query['product'] !== shown.slug)
      void router.replace({ path: route.path, query: { ...route.query, product: shown.slug } }); // a copied link shows the same product to everyone
  });
  const queries = [shop, choice, detailQuery];
  const problem = computed(() => {
    const needed = isListNeeded.value ? [...queries, versions] : queries;
    return lens.problem.value ?? needed.find((query) => query.problem.value)?.problem.value ?? null;
  });

  return {
    products: shop.products,
    product,
    versions,
    detail,
    latestId: choice.latestId,
    wantedVersion,
    /** The address names a product that is not there for this visitor: hidden and missing look alike. */
    isHidden: shop.isHidden,
    problem,
    isLoading,
    retry: (): void => [...queries, versions].forEach((query) => query.refetch()),
    askForList: (): void => void (isListDue.value = true),
    showProduct: (slug: string): void => void router.push({ path: route.path, query: { ...lens.kept.value, product: slug } }),
  };
}
