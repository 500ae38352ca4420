import { computed, reactive, readonly, ref, watch, type ComputedRef } from 'vue';
import type { StorageFieldsFragment } from '../../../graphql/documents.generated';
import { EMBEDDED, findProvider, presetOf, providerIdOf, textsOf, type StorageTexts } from './storage-form.rules';

/** What is typed into the fields, filled with the store in use. What others save meanwhile takes nothing away. */
export function useStorageTexts(settings: ComputedRef<StorageFieldsFragment | null>) {
  // Filled as soon as the settings are there.
  const texts = reactive({} as StorageTexts);
  const providerId = ref('');
  const isPathStyle = ref(true);
  const isEmbedded = computed(() => providerId.value === EMBEDDED);
  /** Whether somebody else has chosen a store since the fields were filled. */
  const isOvertaken = ref(false);
  let isOwnSave = true;

  function fill(now: StorageFieldsFragment): void {
    Object.assign(texts, textsOf(now));
    // Whose store it is does not always show in its address.
    if (now.isEmbedded || ['', EMBEDDED].includes(providerId.value)) providerId.value = providerIdOf(now);
    isPathStyle.value = now.forcePathStyle;
  }

  // While files move the page is asked again and again: what is typed stays.
  watch(
    () => settings.value?.lockVersion,
    () => {
      if (!settings.value) return;
      if (isOwnSave) fill(settings.value);
      isOvertaken.value = !isOwnSave;
      isOwnSave = false;
    },
    { immediate: true },
  );

  function choose(id: string): void {
    providerId.value = id;
    const provider = findProvider(id);
    if (!provider) return;
    Object.assign(texts, presetOf(provider));
    isPathStyle.value = provider.forcePathStyle;
  }

  /** What is read next was saved here. */
  function expectOwn(): void {
    isOwnSave = true;
  }

  return { texts, providerId, isPathStyle, isEmbedded, isOvertaken: readonly(isOvertaken), choose, expectOwn };
}
