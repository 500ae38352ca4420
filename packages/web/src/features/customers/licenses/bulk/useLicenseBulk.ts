import { computed, shallowRef } from 'vue';
import type { LicenseFieldsFragment, LicenseTaskAction } from '../../../../graphql/documents.generated';
import { countText, numberText } from '../../../../ui/date-text';
import type { RowSelection } from '../../../../ui/useRowSelection';
import type { LicenseFilter } from '../license-filter';

interface Listed {
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
}

interface BulkContext {
  readonly selection: RowSelection<LicenseFieldsFragment>;
  readonly page: () => Listed | null;
  readonly filter: () => LicenseFilter;
}

/** The chosen licenses as a target, and the action that was asked for. */
export function useLicenseBulk({ selection, page, filter }: BulkContext) {
  const action = shallowRef<LicenseTaskAction | null>(null);
  const matching = computed(() => {
    const listed = page();
    if (!listed || selection.isAllMatching.value || (!listed.totalCountCapped && listed.totalCount <= selection.count.value)) return null;
    return listed.totalCountCapped ? `that match, more than ${numberText(listed.totalCount)}` : numberText(listed.totalCount);
  });
  const count = computed(() => {
    const listed = page();
    if (!selection.isAllMatching.value) return countText(selection.count.value, 'license');
    return listed && !listed.totalCountCapped
      ? countText(listed.totalCount, 'license')
      : `all licenses that match, more than ${numberText(listed?.totalCount ?? 0)}`;
  });
  const asked = computed(() => {
    if (action.value === null) return null;
    const target = selection.isAllMatching.value ? { filter: filter() } : { ids: selection.chosen.value.map(({ id }) => id) };
    return { action: action.value, count: count.value, target };
  });
  return {
    isWanted: computed(() => selection.isAllMatching.value || selection.count.value > 0),
    count,
    matching,
    asked,
    ask: (wanted: LicenseTaskAction): void => void (action.value = wanted),
    close: (): void => void (action.value = null),
  };
}
