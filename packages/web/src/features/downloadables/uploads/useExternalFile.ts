import { guessTarget } from '@slipway/shared';
import { computed, reactive, ref, shallowRef, toRefs } from 'vue';
import { AddExternalAssetDocument } from '../../../graphql/documents.generated';
import { mutate } from '../../../graphql/useMutation';
import { checkExternalFile, externalFileInput, nameFromUrl, type ExternalFileErrors } from './external-file.rules';
import { makeRandomKey } from './random-key';
import type { TargetChoice } from './target-options';
import { refreshDownloadable } from './upload-api';

/** The state of the form for an external file: the name follows the URL until somebody types one. */
export function useExternalFile(downloadableId: () => string) {
  const values = reactive({ url: '', fileName: '', size: '', sha256: '' });
  const errors = ref<ExternalFileErrors & { form?: string }>({});
  const chosen = shallowRef<TargetChoice | null>(null);
  const target = computed<TargetChoice>(() => chosen.value ?? guessTarget(values.fileName));
  const isSaving = ref(false);
  const idempotencyKey = makeRandomKey();
  let proposal = '';

  function proposeName(): void {
    if (values.fileName !== proposal) return;
    proposal = nameFromUrl(values.url);
    values.fileName = proposal;
  }

  function retarget(change: Partial<TargetChoice>): void {
    chosen.value = { ...target.value, ...change };
  }

  /** @returns whether the file was added */
  async function save(): Promise<boolean> {
    errors.value = checkExternalFile(values);
    if (Object.keys(errors.value).length > 0 || isSaving.value) return false;
    isSaving.value = true;
    const input = { downloadableId: downloadableId(), ...externalFileInput(values, chosen.value), idempotencyKey };
    const outcome = await mutate(AddExternalAssetDocument, { input });
    isSaving.value = false;
    const refusals = outcome.problem ? [{ field: null, message: outcome.problem.message }] : outcome.data.addExternalAsset.userErrors;
    errors.value = Object.fromEntries(refusals.map(({ field, message }) => [field && field in values ? field : 'form', message]));
    if (refusals.length === 0) await refreshDownloadable(downloadableId());
    return refusals.length === 0;
  }

  return { ...toRefs(values), errors, target, isSaving, proposeName, retarget, save };
}
