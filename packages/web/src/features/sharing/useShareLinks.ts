import { computed, ref, shallowRef, watch } from 'vue';
import {
  ListChannelShareLinksDocument,
  ListReleaseShareLinksDocument,
  type ListReleaseShareLinksQuery,
  type ShareLinkFieldsFragment,
} from '../../graphql/documents.generated';
import { useQuery } from '../../graphql/useQuery';

/** What links open: one downloadable, or the newest draft of a channel. */
export type ShareScope = { readonly downloadableId: string } | { readonly productId: string; readonly channel: string };

type LinkPage = NonNullable<NonNullable<ListReleaseShareLinksQuery['downloadable']>['shareLinks']>;

/** The links of a scope, newest first, page after page. */
export function useShareLinks(scope: () => ShareScope) {
  const after = ref<string | null>(null);
  const links = shallowRef<readonly ShareLinkFieldsFragment[]>([]);
  const afresh = { fetchPolicy: 'network-only' } as const;
  const isOfRelease = computed(() => 'downloadableId' in scope());
  const ofRelease = useQuery(
    ListReleaseShareLinksDocument,
    () => {
      const wanted = scope();
      return 'downloadableId' in wanted ? { ...wanted, after: after.value } : null;
    },
    afresh,
  );
  const ofChannel = useQuery(
    ListChannelShareLinksDocument,
    () => {
      const wanted = scope();
      return 'downloadableId' in wanted ? null : { ...wanted, after: after.value };
    },
    afresh,
  );
  const page = computed(
    (): LinkPage | null => ofRelease.data.value?.downloadable?.shareLinks ?? ofChannel.data.value?.product?.shareLinks ?? null,
  );

  watch(page, (loaded) => {
    if (!loaded) return;
    const known = new Set(after.value === null ? [] : links.value.map(({ id }) => id));
    const kept = after.value === null ? [] : links.value;
    links.value = [...kept, ...loaded.nodes.filter(({ id }) => !known.has(id))];
  });
  watch(
    () => JSON.stringify(scope()),
    () => {
      after.value = null;
      links.value = [];
    },
  );

  return {
    links,
    query: isOfRelease.value ? ofRelease : ofChannel,
    hasMore: computed(() => page.value?.pageInfo.hasNextPage ?? false),
    showMore(): void {
      after.value = page.value?.pageInfo.endCursor ?? null;
    },
    /** From the newest on again. */
    reload(): void {
      if (after.value === null) (isOfRelease.value ? ofRelease : ofChannel).refetch();
      else after.value = null;
    },
  };
}
