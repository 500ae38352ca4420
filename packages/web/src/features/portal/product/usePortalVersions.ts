import { computed, type Ref } from 'vue';
import { ListPortalReleasesAsDocument, ListPortalReleasesDocument } from '../../../graphql/documents.generated';
import { usePages } from '../../../graphql/usePages';
import type { PortalRow } from '../portal-release.rules';

interface Wanted {
  /** Null: not asked for. */
  readonly productId: () => string | null;
  readonly licenseId: Ref<string | null>;
  /** What is looked for; empty: everything. */
  readonly search?: () => string;
}

/** A product's versions, highest first, a page at a time. */
export function usePortalVersions({ productId, licenseId, search }: Wanted) {
  const isAs = (): boolean => licenseId.value !== null;
  const asked = () => {
    const typed = search?.().trim() ?? '';
    return { productId: productId() ?? '', ...(typed !== '' && { search: typed }) };
  };
  const own = usePages(
    ListPortalReleasesDocument,
    () => (productId() && !isAs() ? asked() : null),
    (data) => data.downloadables,
  );
  const as = usePages(
    ListPortalReleasesAsDocument,
    () => (productId() && licenseId.value ? { ...asked(), licenseId: licenseId.value } : null),
    (data) => data.downloadables,
  );
  const pages = () => (isAs() ? as : own);
  return {
    /** Null: still on their way, unless they failed. */
    releases: computed((): readonly PortalRow[] | null => pages().nodes.value),
    total: computed(() => pages().first.value),
    hasMore: computed(() => pages().hasMore.value),
    isMoving: computed(() => pages().isMoving.value),
    problem: computed(() => pages().problem.value ?? pages().laterProblem.value),
    more: (): void => void pages().more(),
    /** The page that failed, again. */
    refetch: (): void => void (pages().laterProblem.value ? pages().more() : pages().refetch()),
  };
}

export type PortalVersions = ReturnType<typeof usePortalVersions>;
