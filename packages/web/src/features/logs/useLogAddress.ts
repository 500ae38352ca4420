import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSession } from '../../graphql/session';
import { useListAddress } from '../../ui/useListAddress';
import { datesOf, exportPath, LOG_FILTERS, mailSubjectOf, type LogAddress, type LogFilterName } from './log-address';
import { UPLOAD_ACTIONS, type LogTab } from './log-tabs';

/** What a log is asked for, in the address; it goes along from tab to tab, but for what only one of them knows. */
export function useLogAddress() {
  const route = useRoute();
  const router = useRouter();
  const { vendor } = useSession();
  const list = useListAddress(LOG_FILTERS);
  const address = computed<LogAddress>(() => ({ ...list.values.value, q: list.search.value }));
  const timeZone = computed(() => vendor.value?.timeZone ?? 'UTC');
  const dates = computed(() => datesOf(address.value, new Date(), timeZone.value));

  function change(values: Partial<LogAddress>): void {
    const query = Object.entries({ ...address.value, ...values }).filter(([, value]) => value !== '');
    void router.push({ path: route.path, query: Object.fromEntries(query) });
  }

  /** The same question to another log. */
  function queryFor(): Record<string, string> {
    const kept = Object.entries(address.value).filter(([name, value]) => value !== '' && name !== 'kind');
    return Object.fromEntries(kept);
  }

  function exportOf({ file, kindName, key }: LogTab, format: 'csv' | 'json'): string {
    const { q, kind, product, customer, license, by, about } = address.value;
    const kinds = key === 'uploads' ? kind || UPLOAD_ACTIONS.join(',') : kind;
    const given = { search: q, [kindName]: kinds, productId: product, customerId: customer, actorId: by, ...dates.value };
    if (file === 'mail') return exportPath(file, format, { ...given, actorId: null, ...mailSubjectOf({ about }) });
    if (file !== 'audit') return exportPath(file, format, { ...given, licenseId: license });
    const [subjectType, subjectId] = license && !about ? ['license', license] : about.split(':');
    return exportPath(file, format, { ...given, subjectType, subjectId, ...(subjectId ? { actorId: null } : {}) });
  }

  return {
    address,
    timeZone,
    asked: () => ({ address: address.value, dates: dates.value }),
    hasFilters: list.hasFilters,
    searchFor: list.searchFor,
    filter: (name: LogFilterName, value: string): void => change({ [name]: value }),
    change,
    clear: list.clear,
    queryFor,
    exportOf,
  };
}
