import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { GetDownloadableDocument, type DownloadableDetailFragment } from '../../graphql/documents.generated';
import { client } from '../../graphql/client';
import type { UserError } from '../../graphql/request-problem';
import { checkDownloadable, checkFiles, differingFields, valuesOf, type FieldMessages, type FormField } from './downloadable-form.rules';
import { saveDownloadable } from './save-downloadable';
import { makeRandomKey } from './uploads/random-key';
import type { StagedFiles } from './uploads/useStagedFiles';
import type { ProductChoice } from './useProductChoices';

interface FormContext {
  readonly existing: () => DownloadableDetailFragment | null;
  readonly products: () => readonly ProductChoice[];
  readonly productId: string;
  readonly staged: StagedFiles;
}

/** The state of the create and edit form: values, errors by field, the conflict with another tab, and saving. */
export function useDownloadableForm(context: FormContext) {
  const base = shallowRef(context.existing());
  const values = reactive(valuesOf(base.value, context.productId));
  const conflict = shallowRef<DownloadableDetailFragment | null>(null);
  const touched = reactive(new Set<FormField>());
  const refused = ref<FieldMessages & { form?: string }>({});
  const isSaving = ref(false);
  const keys = new Map<string, string>();
  const product = computed(() => context.products().find(({ id }) => id === values.productId) ?? null);
  const fileCount = computed(() => (base.value?.assets.length ?? 0) + context.staged.files.length);
  const problems = computed<FieldMessages>(() => ({
    ...checkDownloadable(values, product.value),
    ...checkFiles(values, fileCount.value, context.staged.problems.value.size > 0),
  }));
  const hasChanges = computed(() => {
    const before = valuesOf(base.value, context.productId);
    return (
      context.staged.files.length > 0 ||
      Object.keys(before).some((field) => values[field as keyof typeof before] !== before[field as keyof typeof before])
    );
  });
  const errors = computed(() => {
    const shown = Object.entries(problems.value).filter(([field]) => touched.has(field as FormField)); // keys of FieldMessages
    return { ...Object.fromEntries(shown), ...refused.value } as typeof refused.value;
  });

  watch(
    () => ({ ...values, files: fileCount.value }),
    (now, before) => {
      const changed = Object.keys(now).filter((key) => now[key as FormField] !== before[key as FormField]);
      refused.value = Object.fromEntries(Object.entries(refused.value).filter(([field]) => field !== 'form' && !changed.includes(field)));
    },
  );
  watch(context.existing, (latest) => {
    if (latest && base.value && differingFields(valuesOf(latest, ''), valuesOf(base.value, '')).length === 0) base.value = latest; // only its files changed
  });

  function place(userErrors: readonly UserError[]): void {
    const isField = (field: string | null): boolean => field !== null && (field in values || field === 'files');
    refused.value = Object.fromEntries(userErrors.map((error) => [isField(error.field) ? error.field : 'form', error.message]));
  }

  async function save(): Promise<DownloadableDetailFragment | null> {
    for (const field of Object.keys(problems.value)) touched.add(field as FormField);
    if (Object.keys(problems.value).length > 0) return null;
    isSaving.value = true;
    const input = JSON.stringify(values);
    const idempotencyKey = keys.get(input) ?? makeRandomKey();
    keys.set(input, idempotencyKey);
    const outcome = await saveDownloadable({ existing: base.value, values, files: [...context.staged.files], idempotencyKey });
    if (outcome.userErrors.some(({ code }) => code === 'EDIT_CONFLICT')) await meetConflict();
    else place(outcome.userErrors);
    isSaving.value = false;
    return outcome.downloadable;
  }

  async function meetConflict(): Promise<void> {
    const id = base.value?.id ?? '';
    const { data } = await client.query({ query: GetDownloadableDocument, variables: { id }, fetchPolicy: 'network-only' });
    conflict.value = data?.downloadable ?? null;
  }

  /** Ends a conflict: with the other side's values, or with one's own, which the next save writes over them. */
  function settle(choice: 'THEIRS' | 'MINE'): void {
    const theirs = conflict.value;
    if (!theirs) return;
    if (choice === 'THEIRS') Object.assign(values, valuesOf(theirs, values.productId));
    base.value = theirs;
    conflict.value = null;
  }

  return { values, product, base, errors, hasChanges, conflict, isSaving, touch: (field: FormField) => touched.add(field), save, settle };
}

export type DownloadableForm = ReturnType<typeof useDownloadableForm>;
