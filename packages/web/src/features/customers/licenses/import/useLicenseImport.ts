import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import {
  GetLicenseImportDocument,
  ImportLicensesDocument,
  StopLicenseImportDocument,
  type LicenseImportOutcome,
} from '../../../../graphql/documents.generated';
import { mutate } from '../../../../graphql/useMutation';
import { useQuery } from '../../../../graphql/useQuery';
import { isWorking } from './import-words';

const AGAIN_MS = 1_000;

/** One import: how far it is, its lines by outcome and page, and what can be done with it. */
export function useLicenseImport(id: string) {
  const outcome = ref<LicenseImportOutcome | null>(null);
  const after = ref('');
  const refused = shallowRef<string | null>(null);
  const isBusy = ref(false);
  const query = useQuery(GetLicenseImportDocument, () => ({ id, outcome: outcome.value, after: after.value || null }));
  const found = computed(() => query.data.value?.licenseImport ?? null);
  const timer = setInterval(() => found.value && isWorking(found.value) && query.refetch(), AGAIN_MS);
  onBeforeUnmount(() => clearInterval(timer));

  function show(wanted: LicenseImportOutcome | null): void {
    outcome.value = wanted;
    after.value = '';
  }
  // Once, when the check or the import is over: errors come first.
  watch(
    () => found.value?.state,
    (state) => {
      after.value = '';
      outcome.value = state !== 'CHECKING' && state !== 'RUNNING' && (found.value?.failed ?? 0) > 0 ? 'ERROR' : null;
    },
  );

  async function act(send: () => Promise<string | null>): Promise<void> {
    isBusy.value = true;
    refused.value = await send();
    isBusy.value = false;
    query.refetch();
  }
  const start = () =>
    act(async () => {
      const { data, problem } = await mutate(ImportLicensesDocument, { input: { id } });
      return problem?.message ?? data?.importLicenses.userErrors[0]?.message ?? null;
    });
  const stop = () =>
    act(async () => {
      const { data, problem } = await mutate(StopLicenseImportDocument, { input: { id } });
      return problem?.message ?? data?.stopLicenseImport.userErrors[0]?.message ?? null;
    });
  return { query, found, outcome, after, refused, isBusy, show, start, stop };
}
