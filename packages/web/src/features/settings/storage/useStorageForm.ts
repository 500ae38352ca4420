import { computed, ref, shallowRef, watch } from 'vue';
import { AllowStorageUploadsDocument, GetStorageDocument, TestStorageDocument } from '../../../graphql/documents.generated';
import { useMutation } from '../../../graphql/useMutation';
import { useQuery } from '../../../graphql/useQuery';
import { checkStorage, inputOf, isInUse } from './storage-form.rules';
import { useStorageSaving } from './useStorageSaving';
import { useStorageTexts } from './useStorageTexts';
import { useStorageTest } from './useStorageTest';

/** The store in use, the one that is typed, and the test of it. */
export function useStorageForm() {
  const query = useQuery(GetStorageDocument, () => ({}), { fetchPolicy: 'network-only' });
  const settings = computed(() => query.data.value?.storageSettings ?? null);
  const typed = useStorageTexts(settings);
  const { texts, isPathStyle } = typed;
  const wasSubmitted = ref(false);
  const refused = shallowRef<Partial<Record<string, string>>>({});
  const test = useStorageTest();
  const { run: runTest, isRunning: isTesting } = useMutation(TestStorageDocument);
  const { run: runAllow, isRunning: isAllowing } = useMutation(AllowStorageUploadsDocument);

  watch([texts, isPathStyle], () => {
    refused.value = {};
    test.outdate();
  });

  const checked = computed(() => (wasSubmitted.value && settings.value ? checkStorage(texts, settings.value.hasSecret) : {}));
  const errors = computed<Partial<Record<string, string>>>(() => ({ ...checked.value, ...refused.value }));

  /** @returns whether it could be tried out */
  async function runWith(run: typeof runTest | typeof runAllow): Promise<boolean> {
    wasSubmitted.value = true;
    if (Object.keys(checkStorage(texts, settings.value?.hasSecret ?? false)).length > 0) return false;
    const outcome = await run({ input: inputOf(texts, isPathStyle.value) });
    if (outcome.problem) return test.fail(outcome.problem);
    const { storageTest, userErrors } = 'testStorage' in outcome.data ? outcome.data.testStorage : outcome.data.allowStorageUploads;
    if (storageTest) return test.take(storageTest, isInUse(settings.value, texts));
    refused.value = Object.fromEntries(userErrors.map(({ field, message }) => [field ?? 'form', message]));
    return false;
  }

  const saving = useStorageSaving({ settings, typed, test, refused, refetch: query.refetch });
  return {
    ...typed,
    ...saving,
    query,
    settings,
    errors,
    test,
    isTesting,
    isAllowing,
    runTest: () => runWith(runTest),
    allowUploads: () => runWith(runAllow),
  };
}
