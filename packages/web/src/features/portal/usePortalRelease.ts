import { computed, ref, watch, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import {
  GetPortalReleaseAsDocument,
  GetPortalReleaseDocument,
  ListPortalProductsDocument,
  ListPortalReleasesAsDocument,
  ListPortalReleasesDocument,
} from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useQuery } from '../../graphql/useQuery';
import { chooseProduct, defaultRelease, isOpenTo, productsOfLicense, type PortalProduct, type PortalRelease } from './portal-release.rules';
import type { usePortalLens } from './usePortalLens';

type PortalLens = Pick<ReturnType<typeof usePortalLens>, 'licenseId' | 'license' | 'kept' | 'isLoading' | 'problem'>;
type Asked = Pick<ReturnType<typeof useQuery>, 'problem' | 'isLoading' | 'refetch'>;

/** What is asked twice, with the variables of each way: for oneself, or as a license. One of the two is never asked. */
function useEither<TOwn, TAs>(own: { data: Ref<TOwn | null> } & Asked, as: { data: Ref<TAs | null> } & Asked, isAs: () => boolean) {
  return {
    data: computed((): TOwn | TAs | null => (isAs() ? as.data.value : own.data.value)),
    problem: computed(() => (isAs() ? as : own).problem.value),
    isLoading: computed(() => (isAs() ? as : own).isLoading.value),
    refetch: (): void => (isAs() ? as : own).refetch(),
  };
}

/**
 * The product and version that the address names, with what the visitor may have of them.
 * @param lens the license that staff look as: its products, its answers
 */
export function usePortalRelease(lens: PortalLens) {
  const licenseId = lens.licenseId;
  const isAs = (): boolean => licenseId.value !== null;
  const route = useRoute();
  const router = useRouter();
  const { viewer } = useSession();
  const text = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '');

  const productsQuery = useQuery(ListPortalProductsDocument, () => ({}));
  const ownProductId = computed(() => (isAs() ? lens.license.value : viewer.value?.license)?.product.id ?? null);
  const products = computed((): readonly PortalProduct[] => {
    const all = productsQuery.data.value?.products.nodes ?? [];
    if (!isAs()) return lens.isLoading.value ? [] : all;
    return lens.license.value ? productsOfLicense(all, ownProductId.value) : [];
  });
  const product = computed(() => chooseProduct(products.value, text('product'), ownProductId.value));
  const latestId = computed(() => product.value?.latest?.id ?? null);
  /** What `defaultRelease` will most likely be, known one request earlier. */
  const likelyId = computed(() => (text('version') ? null : latestId.value));
  /** The list is asked for by who reaches for it, or where the likely version is refused; once due, it is for each product shown later. */
  const isListDue = ref(false);
  const listedProductId = computed(() => (isListDue.value || likelyId.value === null ? (product.value?.id ?? null) : null));
  const releasesQuery = useEither(
    useQuery(ListPortalReleasesDocument, () => (listedProductId.value && !isAs() ? { productId: listedProductId.value } : null)),
    useQuery(ListPortalReleasesAsDocument, () =>
      listedProductId.value && licenseId.value ? { productId: listedProductId.value, licenseId: licenseId.value } : null,
    ),
    isAs,
  );
  /** Whose list it is: while another product's list is on its way, or fails, a query keeps the one before. */
  const knownProductId = ref<string | null>(null);
  watch(releasesQuery.data, () => (knownProductId.value = listedProductId.value), { immediate: true, flush: 'sync' });
  const list = computed(() => (knownProductId.value === listedProductId.value ? releasesQuery.data.value : null));
  const isListKnown = computed(() => list.value !== null);
  const releases = computed((): readonly PortalRelease[] => list.value?.downloadables.nodes ?? []);
  const listed = computed((): PortalRelease | null => {
    const version = text('version');
    return version ? (releases.value.find((one) => one.version === version) ?? null) : defaultRelease(releases.value);
  });
  /** What was found to be open to the visitor: a likely version that is stays, whatever the list says. */
  const openId = ref<string | null>(null);
  const releaseId = computed(() => {
    const isSettled = likelyId.value !== null && likelyId.value === openId.value;
    return isSettled || !isListKnown.value ? likelyId.value : (listed.value?.id ?? null);
  });
  const detailQuery = useEither(
    useQuery(GetPortalReleaseDocument, () => (releaseId.value && !isAs() ? { id: releaseId.value } : null)),
    useQuery(GetPortalReleaseAsDocument, () =>
      releaseId.value && licenseId.value ? { id: releaseId.value, licenseId: licenseId.value } : null,
    ),
    isAs,
  );
  watch(
    detailQuery.data,
    (answer) => {
      openId.value = answer?.downloadable && isOpenTo(answer.downloadable) ? answer.downloadable.id : null;
      isListDue.value ||= answer !== null && openId.value === null;
    },
    { immediate: true },
  );
  const detail = computed(() => {
    const loaded = detailQuery.data.value?.downloadable ?? null;
    return loaded?.id === releaseId.value ? loaded : null;
  });
  const isLoading = computed(() => {
    const isListAwaited = listedProductId.value !== null && !isListKnown.value && !detail.value;
    if (lens.isLoading.value || productsQuery.isLoading.value || isListAwaited) return true;
    // Where the likely version is refused, the list tells which one is not.
    return detail.value ? !isOpenTo(detail.value) && !isListKnown.value : releaseId.value !== null;
  });
  watch([product, isLoading], ([shown]) => {
    if (shown && !isLoading.value && viewer.value && text('product') !== shown.slug)
      void router.replace({ path: route.path, query: { ...route.query, product: shown.slug } }); // a copied link shows the same product to everyone
  });
  const queries = [productsQuery, releasesQuery, detailQuery];
  /** A version that may be downloaded is shown even where the list of the others failed. */
  const problem = computed(() => {
    const needed = detail.value && isOpenTo(detail.value) ? [productsQuery, detailQuery] : queries;
    return lens.problem.value ?? needed.find((query) => query.problem.value)?.problem.value ?? null;
  });

  return {
    products,
    product,
    releases,
    release: computed((): PortalRelease | null => detail.value ?? listed.value),
    isListFailed: computed(() => releasesQuery.problem.value !== null),
    detail,
    latestId,
    wantedVersion: computed(() => text('version')),
    /** The address names a product that is not there for this visitor: hidden and missing look alike. */
    isHidden: computed(() => text('product') !== '' && product.value === null),
    problem,
    isLoading,
    retry: (): void => queries.forEach((query) => query.refetch()),
    askForList: (): void => void (isListDue.value = true),
    retryList: releasesQuery.refetch,
    showProduct: (slug: string): void => void router.push({ path: route.path, query: { ...lens.kept.value, product: slug } }),
  };
}
