import { computed, ref, shallowRef, watch } from 'vue';
import { emptySelection, extendTo, isPageChosen, togglePage, toggleRow, type SelectableRow } from './row-selection';

/**
 * The chosen rows of a list, over its pages.
 * @param rows the page on screen
 * @param listed what is listed (search and filters) as text: another list starts with nothing chosen
 */
export function useRowSelection<TRow extends SelectableRow>(rows: () => readonly TRow[], listed: () => string) {
  const selection = shallowRef(emptySelection<TRow>());
  const isAllMatching = ref(false);

  function clear(): void {
    selection.value = emptySelection();
    isAllMatching.value = false;
  }
  watch(listed, clear);

  return {
    /** Whether everything that matches is meant, on all pages. */
    isAllMatching: computed(() => isAllMatching.value),
    count: computed(() => selection.value.chosen.size),
    chosen: computed(() => [...selection.value.chosen.values()]),
    isPageChosen: computed(() => isPageChosen(selection.value, rows())),
    has: (id: string): boolean => selection.value.chosen.has(id),
    /** @param isRange everything since the last one too */
    toggle(row: TRow, isRange = false): void {
      isAllMatching.value = false;
      selection.value = isRange ? extendTo(selection.value, rows(), row) : toggleRow(selection.value, row);
    },
    togglePage(): void {
      isAllMatching.value = false;
      selection.value = togglePage(selection.value, rows());
    },
    chooseAllMatching: (): void => void (isAllMatching.value = true),
    clear,
  };
}

export type RowSelection<TRow extends SelectableRow> = ReturnType<typeof useRowSelection<TRow>>;
