import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { DownloadableDetailFragment } from '../../graphql/documents.generated';
import { checkDownloadable, checkFiles, valuesOf, type DownloadableValues } from './downloadable-form.rules';
import { saveDownloadable } from './save-downloadable';
import { makeRandomKey } from './uploads/random-key';
import type { StagedFiles } from './uploads/useStagedFiles';
import { useFormDraft } from './form/useFormDraft';
import { useTakenVersion } from './form/useTakenVersion';
import { useEditConflict } from './useEditConflict';
import { useFormMessages } from './useFormMessages';
import type { ProductChoice } from './useProductChoices';

interface FormContext {
  readonly existing: () => DownloadableDetailFragment | null;
  readonly products: () => readonly ProductChoice[];
  readonly productId: string;
  readonly staged: StagedFiles;
}

/** The state of the create and edit form: values, errors by field, the conflict with another tab, and saving. */
export function useDownloadableForm({ existing, products, productId, staged }: FormContext) {
  const base = shallowRef(existing());
  const values = reactive(valuesOf(base.value, productId));
  const isSaving = ref(false);
  const keyFor = makeIdempotencyKeys();
  const product = computed(() => products().find(({ id }) => id === values.productId) ?? null);
  const fileCount = computed(() => (base.value?.assets.length ?? 0) + staged.files.length);
  const taken = useTakenVersion(() => ({ productId: values.productId, version: values.version, ownId: base.value?.id ?? null }));
  const problems = computed(() => ({
    ...checkDownloadable(values, product.value),
    ...(taken.value ? { version: taken.value.message } : {}),
    ...checkFiles(values, fileCount.value, staged.problems.value.size > 0),
  }));
  const messages = useFormMessages({ values, fileCount, problems });
  const { conflict, meet, settle } = useEditConflict({ values, base, existing });
  const hasChanges = computed(() => staged.files.length > 0 || JSON.stringify(values) !== JSON.stringify(valuesOf(base.value, productId)));

  const fileNames = (): readonly string[] => staged.files.map(({ fileName }) => fileName);
  const draft = useFormDraft({ values, base, fileNames, hasChanges: () => hasChanges.value });

  function restart(): void {
    base.value = existing();
    Object.assign(values, valuesOf(base.value, productId));
    draft.restored.value = null;
  }

  async function save(): Promise<DownloadableDetailFragment | null> {
    messages.touchAll();
    if (Object.keys(problems.value).length > 0 || isSaving.value) return null;
    isSaving.value = true;
    const files = [...staged.files];
    const outcome = await saveDownloadable({ existing: base.value, values, files, idempotencyKey: keyFor({ values, files: fileNames() }) });
    const isConflict = outcome.userErrors.some(({ code }) => code === 'EDIT_CONFLICT');
    if (!isConflict || !(await meet())) messages.place(outcome.userErrors);
    if (outcome.downloadable) draft.forget();
    isSaving.value = false;
    return outcome.downloadable;
  }

  watch(taken, (found) => found && messages.touch('version'));

  return { values, product, taken, draft, restart, errors: messages.errors, touch: messages.touch, hasChanges, conflict, settle, save };
}

/** The same key for the same input: a save repeated after a lost answer makes no second downloadable. */
function makeIdempotencyKeys(): (saved: { values: DownloadableValues; files: readonly string[] }) => string {
  const keys = new Map<string, string>();
  return (saved) => {
    const input = JSON.stringify(saved);
    const key = keys.get(input) ?? makeRandomKey();
    keys.set(input, key);
    return key;
  };
}
