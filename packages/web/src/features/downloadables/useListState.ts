import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { listStateQuery, parseListState, withChange, type ListState } from './list-state';

/** The state of the list, held by the address alone. Open panels (`?new`, `?edit`, `?delete`) stay as they are. */
export function useListState() {
  const route = useRoute();
  const router = useRouter();
  const state = computed(() => parseListState(route.query));

  function address(change: Partial<ListState>) {
    return { path: route.path, query: listStateQuery(withChange(state.value, change)) };
  }

  return {
    state,
    /** A step that the back button takes back. */
    change: (change: Partial<ListState>): void => void router.push(address(change)),
    /** While typing: one entry in the history, not one per letter. */
    refine: (change: Partial<ListState>): void => void router.replace(address(change)),
    clear: (): void =>
      void router.push({
        path: route.path,
        query: listStateQuery(parseListState({ sort: route.query['sort'], size: route.query['size'] })),
      }),
  };
}
