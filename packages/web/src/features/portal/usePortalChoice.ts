import { computed, ref, watch, type Ref } from 'vue';
import { FindPortalVersionDocument, GetOfferedAsDocument, GetOfferedDocument } from '../../graphql/documents.generated';
import { useAnswerOf, useEither } from '../../graphql/useEither';
import { useQuery } from '../../graphql/useQuery';
import type { PortalProduct } from './portal-release.rules';

interface Wish {
  readonly product: Ref<PortalProduct | null>;
  /** As the address names it; empty: whatever is best. */
  readonly version: Ref<string>;
  /** The license that staff look as. */
  readonly licenseId: Ref<string | null>;
}

/** Which release the portal shows: the wanted version, else the latest; where that is refused, the one that may be had. */
export function usePortalChoice({ product, version, licenseId }: Wish) {
  const productId = computed(() => product.value?.id ?? null);
  const latestId = computed(() => product.value?.latest?.id ?? null);
  /** The latest one that turned out not to be open to the visitor. */
  const refusedId = ref<string | null>(null);

  const wanted = computed(() => (productId.value && version.value ? { productId: productId.value, version: version.value } : null));
  const found = useQuery(FindPortalVersionDocument, () => wanted.value);
  const foundNow = useAnswerOf(found.data, () => wanted.value && JSON.stringify(wanted.value));

  const isLatestRefused = computed(() => latestId.value !== null && refusedId.value === latestId.value);
  const askedFor = computed(() => (version.value === '' && isLatestRefused.value ? productId.value : null));
  const offered = useEither(
    useQuery(GetOfferedDocument, () => (askedFor.value && !licenseId.value ? { productId: askedFor.value } : null)),
    useQuery(GetOfferedAsDocument, () =>
      askedFor.value && licenseId.value ? { productId: askedFor.value, licenseId: licenseId.value } : null,
    ),
    () => licenseId.value !== null,
  );
  const offeredNow = useAnswerOf(offered.data, () => askedFor.value && `${askedFor.value} ${licenseId.value ?? ''}`);
  watch(licenseId, () => (refusedId.value = null));

  const asked = computed(() => (wanted.value ? found : askedFor.value ? offered : null));
  const isKnown = computed(() => (wanted.value ? foundNow : askedFor.value ? offeredNow : latestId).value !== null);
  return {
    latestId,
    releaseId: computed(() => {
      if (wanted.value) return foundNow.value?.product?.downloadableByVersion?.id ?? null;
      return (askedFor.value && offeredNow.value?.product?.offered?.id) || latestId.value;
    }),
    problem: computed(() => asked.value?.problem.value ?? null),
    isLoading: computed(() => asked.value !== null && !isKnown.value && asked.value.problem.value === null),
    refetch: (): void => asked.value?.refetch(),
    refuse: (id: string): void => void (refusedId.value = id),
  };
}
