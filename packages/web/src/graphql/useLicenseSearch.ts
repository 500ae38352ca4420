import { LICENSE_STATE_LABELS, licenseState } from '@slipway/shared';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { SearchPreviewLicensesDocument, type SearchPreviewLicensesQuery } from './documents.generated';
import { useQuery } from './useQuery';

type License = SearchPreviewLicensesQuery['licenses']['nodes'][number];
const PATIENCE_MS = 200;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
const stateOf = ({ status, startsAt, expiresAt }: License): string =>
  LICENSE_STATE_LABELS[licenseState({ status, startsAt: instant(startsAt), expiresAt: instant(expiresAt) }, new Date())];

/** Licenses by their customer or key, a moment after it was typed. @param productId null: of all products */
export function useLicenseSearch(productId: () => string | null) {
  const typed = ref('');
  const search = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, () => {
    clearTimeout(timer);
    timer = setTimeout(() => (search.value = typed.value.trim()), PATIENCE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  const query = useQuery(SearchPreviewLicensesDocument, () => ({ productId: productId(), search: search.value || null }));
  const found = computed<readonly License[]>(() => query.data.value?.licenses.nodes ?? []);
  const licenses = computed(() =>
    found.value.map((license) => ({
      id: license.id,
      name: license.customer.name,
      company: license.customer.company,
      keyHint: license.keyHint,
      state: stateOf(license),
    })),
  );
  /** What is said where none is listed. */
  const message = computed(
    () =>
      query.problem.value?.message ??
      (query.isLoading.value ? 'Looking…' : productId() === null ? 'No license matches.' : 'No license of this product matches.'),
  );
  return { typed, licenses, message };
}
