import { computed, type Ref } from 'vue';
import { ListPortalReleasesAsDocument, ListPortalReleasesDocument } from '../../graphql/documents.generated';
import { usePages } from '../../graphql/usePages';
import type { PortalRelease } from './portal-release.rules';

/** A product's versions, highest first, a page at a time. @param productId null: not asked for */
export function usePortalVersions(productId: () => string | null, licenseId: Ref<string | null>) {
  const isAs = (): boolean => licenseId.value !== null;
  const own = usePages(
    ListPortalReleasesDocument,
    () => (productId() && !isAs() ? { productId: productId() ?? '' } : null),
    (data) => data.downloadables,
  );
  const as = usePages(
    ListPortalReleasesAsDocument,
    () => (productId() && licenseId.value ? { productId: productId() ?? '', licenseId: licenseId.value } : null),
    (data) => data.downloadables,
  );
  const pages = () => (isAs() ? as : own);
  return {
    /** Null: still on their way, unless they failed. */
    releases: computed((): readonly PortalRelease[] | null => pages().nodes.value),
    hasMore: computed(() => pages().hasMore.value),
    isMoving: computed(() => pages().isMoving.value),
    problem: computed(() => pages().problem.value ?? pages().laterProblem.value),
    more: (): void => void pages().more(),
    /** The page that failed, again. */
    refetch: (): void => void (pages().laterProblem.value ? pages().more() : pages().refetch()),
  };
}

export type PortalVersions = ReturnType<typeof usePortalVersions>;
