import { computed, shallowRef } from 'vue';
import type { BulkAction, DownloadableRowFragment } from '../../../graphql/documents.generated';
import { numberText } from '../../../ui/date-text';
import { listVariables, type ListState } from '../list-state';
import type { BulkTarget } from './useBulkRun';
import type { RowSelection } from '../../../ui/useRowSelection';

interface ListedPage {
  readonly nodes: readonly DownloadableRowFragment[];
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
}

interface BulkContext {
  readonly selection: RowSelection<DownloadableRowFragment>;
  readonly state: () => ListState;
  readonly page: () => ListedPage | null;
}

/** What can be done with the selection, and the dialog that does it. */
export function useBulkActions({ selection, state, page }: BulkContext) {
  const open = shallowRef<{ readonly action: BulkAction; readonly target: BulkTarget } | null>(null);
  const total = computed(() => page()?.totalCount ?? 0);
  const totalText = computed(() => `${page()?.totalCountCapped ? 'more than ' : ''}${numberText(total.value)}`);

  return {
    open: computed(() => open.value),
    countText: computed(() => (selection.isAllMatching.value ? `All ${totalText.value}` : numberText(selection.count.value))),
    /** Offered once a whole page is chosen and there are more. */
    matching: computed(() => {
      const hasMore = total.value > selection.count.value;
      return selection.isPageChosen.value && hasMore && !selection.isAllMatching.value ? `${totalText.value} matching` : null;
    }),
    isWanted: computed(() => selection.isAllMatching.value || selection.count.value > 0),
    act(action: BulkAction): void {
      const { filter, sort } = listVariables(state());
      const target = selection.isAllMatching.value
        ? { list: { filter: filter ?? null, sort: sort ?? null }, total: total.value }
        : { rows: selection.chosen.value };
      open.value = { action, target };
    },
    close: (): void => void (open.value = null),
  };
}
