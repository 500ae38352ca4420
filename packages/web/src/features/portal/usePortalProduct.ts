import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { ListPortalProductsDocument } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useEveryPage } from '../../graphql/usePages';
import { chooseProduct, productsOfLicense, type PortalProduct } from './portal-release.rules';
import type { PortalLens } from './usePortalLens';

/** The products that the visitor sees, and the one that the address names. @param lens the license that staff look as */
export function usePortalProduct({ licenseId, license, isLoading: isLensLoading }: PortalLens) {
  const route = useRoute();
  const { viewer } = useSession();
  const query = useEveryPage(
    ListPortalProductsDocument,
    () => ({}),
    (data) => data.products,
  );
  const isAs = computed(() => licenseId.value !== null);
  const licensedId = computed(() => (isAs.value ? license.value : viewer.value?.license)?.product.id ?? null);
  const products = computed((): readonly PortalProduct[] => {
    const all = query.nodes.value ?? [];
    if (!isAs.value) return isLensLoading.value ? [] : all;
    return license.value ? productsOfLicense(all, licensedId.value) : [];
  });
  const slug = computed(() => (typeof route.query['product'] === 'string' ? route.query['product'] : ''));
  /** On a later page there may be the one that is named, or licensed. */
  const isCertain = computed(() => {
    const isThere = products.value.some((one) => (slug.value === '' ? one.id === licensedId.value : one.slug === slug.value));
    return isThere || query.isWhole.value || (slug.value === '' && licensedId.value === null);
  });
  const product = computed(() => (isCertain.value ? chooseProduct(products.value, slug.value, licensedId.value) : null));
  return {
    products,
    product,
    isHidden: computed(() => slug.value !== '' && product.value === null),
    isLoading: computed(() => query.isLoading.value || (!isCertain.value && query.problem.value === null)),
    problem: query.problem,
    refetch: query.refetch,
  };
}
