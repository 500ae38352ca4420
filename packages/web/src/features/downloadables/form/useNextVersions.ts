import { computed, shallowRef, watch } from 'vue';
import { AreVersionsTakenDocument, GetNewestVersionDocument } from '../../../graphql/documents.generated';
import { useQuery } from '../../../graphql/useQuery';
import { nextVersions, placeOf, type NextVersion } from '../downloadable-form.rules';
import type { ProductChoice } from '../useProductChoices';

/** No more are offered at a time. */
const KEYS = ['a', 'b', 'c', 'd', 'e'] as const;

/** The versions offered as chips: after the latest release, and after the newest prerelease; of taken ones the next that is free. */
export function useNextVersions(product: () => ProductChoice | null) {
  const query = useQuery(GetNewestVersionDocument, () => {
    const shown = product();
    return shown ? { productId: shown.id } : null;
  });
  const taken = shallowRef<ReadonlySet<string>>(new Set());
  const offered = computed<readonly NextVersion[]>(() => {
    const shown = product();
    const newest = query.data.value?.product?.id === shown?.id ? query.data.value?.product?.newest.nodes[0]?.version : undefined;
    return nextVersions(shown, newest ?? null, taken.value);
  });
  const check = useQuery(AreVersionsTakenDocument, () => {
    const shown = product();
    if (!shown || offered.value.length === 0) return null;
    const versionOf = (place: number): string => offered.value[place]?.version ?? offered.value[0]?.version ?? '';
    return { productId: shown.id, a: versionOf(0), b: versionOf(1), c: versionOf(2), d: versionOf(3), e: versionOf(4) };
  });
  watch(check.data, (answer) => {
    if (answer?.product?.id !== product()?.id) return;
    const found = KEYS.flatMap((key) => answer?.product?.[key]?.version ?? [])
      .map(placeOf)
      .filter((place) => !taken.value.has(place));
    if (found.length > 0) taken.value = new Set([...taken.value, ...found]);
  });
  watch(
    () => product()?.id,
    () => (taken.value = new Set()),
    { flush: 'sync' },
  );
  return offered;
}
