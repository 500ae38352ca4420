import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { GetPortalReleaseDocument, ListPortalProductsDocument, ListPortalReleasesDocument } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useQuery } from '../../graphql/useQuery';
import {
  chooseProduct,
  defaultRelease,
  latestRelease,
  likelyReleaseId,
  type PortalProduct,
  type PortalRelease,
} from './portal-release.rules';

/** The product and version that the address names, with what the visitor may have of them. */
export function usePortalRelease() {
  const route = useRoute();
  const router = useRouter();
  const { viewer } = useSession();
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '');

  const productsQuery = useQuery(ListPortalProductsDocument, () => ({}));
  const products = computed((): readonly PortalProduct[] => productsQuery.data.value?.products.nodes ?? []);
  const product = computed(() => chooseProduct(products.value, text('product'), viewer.value?.license?.product.id ?? null));
  const releasesQuery = useQuery(ListPortalReleasesDocument, () => (product.value ? { productId: product.value.id } : null));
  const releases = computed((): readonly PortalRelease[] => releasesQuery.data.value?.downloadables.nodes ?? []);
  const release = computed((): PortalRelease | null => {
    const version = text('version');
    return version ? (releases.value.find((one) => one.version === version) ?? null) : defaultRelease(releases.value);
  });
  const latestId = computed(() => latestRelease(releases.value)?.id ?? null);
  /** Before the list is there, the likely version is already on its way. */
  const releaseId = computed(
    () => release.value?.id ?? (releasesQuery.isLoading.value && !text('version') ? likelyReleaseId(product.value) : null),
  );
  const detailQuery = useQuery(GetPortalReleaseDocument, () => (releaseId.value ? { id: releaseId.value } : null));
  const detail = computed(() => {
    const loaded = detailQuery.data.value?.downloadable ?? null;
    return loaded?.id === releaseId.value ? loaded : null;
  });
  watch(product, (shown) => {
    if (shown && viewer.value && text('product') !== shown.slug)
      void router.replace({ path: route.path, query: { ...route.query, product: shown.slug } }); // a copied link shows the same product to everyone
  });
  const queries = [productsQuery, releasesQuery, detailQuery];

  return {
    products,
    product,
    releases,
    release,
    detail,
    latestId,
    wantedVersion: computed(() => text('version')),
    problem: computed(() => queries.find((query) => query.problem.value)?.problem.value ?? null),
    isLoading: computed(
      () => productsQuery.isLoading.value || releasesQuery.isLoading.value || (releaseId.value !== null && !detail.value),
    ),
    retry: (): void => queries.forEach((query) => query.refetch()),
    showProduct: (slug: string): void => void router.push({ path: route.path, query: { product: slug } }),
  };
}
