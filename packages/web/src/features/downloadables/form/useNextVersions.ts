import { computed } from 'vue';
import { GetNewestVersionDocument } from '../../../graphql/documents.generated';
import { useQuery } from '../../../graphql/useQuery';
import { nextVersions, type NextVersion } from '../downloadable-form.rules';
import type { ProductChoice } from '../useProductChoices';

/** The versions offered as chips: after the latest release, and after the newest prerelease. */
export function useNextVersions(product: () => ProductChoice | null) {
  const query = useQuery(GetNewestVersionDocument, () => {
    const shown = product();
    return shown ? { productId: shown.id } : null;
  });
  return computed<readonly NextVersion[]>(() => {
    const shown = product();
    const newest = query.data.value?.product?.id === shown?.id ? query.data.value?.product?.newest.nodes[0]?.version : undefined;
    return nextVersions(shown, newest ?? null);
  });
}
