import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { UpdateStorageDocument, type StorageFieldsFragment } from '../../../graphql/documents.generated';
import { useMutation } from '../../../graphql/useMutation';
import { inputOf, isChanged, mayBeUsed } from './storage-form.rules';
import type { useStorageTest } from './useStorageTest';
import type { useStorageTexts } from './useStorageTexts';

interface SavingUse {
  readonly settings: ComputedRef<StorageFieldsFragment | null>;
  readonly typed: ReturnType<typeof useStorageTexts>;
  readonly test: ReturnType<typeof useStorageTest>;
  readonly refused: ShallowRef<Partial<Record<string, string>>>;
  readonly refetch: () => void;
}

/** Makes the typed store the one in use, once it was tried out. */
export function useStorageSaving({ settings, typed, test, refused, refetch }: SavingUse) {
  const { run, isRunning: isSaving } = useMutation(UpdateStorageDocument);

  /** Tried out with the very values that are typed, and not in use yet. */
  const isReady = computed(
    () =>
      settings.value !== null &&
      !settings.value.isFixed &&
      !test.isOutdated.value &&
      test.checks.value !== null &&
      mayBeUsed(test.checks.value) &&
      isChanged(settings.value, typed.texts, typed.isPathStyle.value),
  );

  /** @returns the place that new files go to now; null: it was refused, and the page says why */
  async function save(): Promise<string | null> {
    const lockVersion = settings.value?.lockVersion ?? null;
    const { data, problem } = await run({ input: { ...inputOf(typed.texts, typed.isPathStyle.value), lockVersion } });
    const answer = data?.updateStorage;
    if (answer?.storageSettings) {
      typed.expectOwn();
      test.forget();
    }
    // Also where it was refused: somebody else may have been faster.
    refetch();
    refused.value = problem
      ? { form: problem.message }
      : Object.fromEntries((answer?.userErrors ?? []).map(({ field, message }) => [field ?? 'form', message]));
    return answer?.storageSettings?.place ?? null;
  }

  return { isReady, isSaving, save };
}
