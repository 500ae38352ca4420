import { computed, reactive, ref, watch, type ComputedRef } from 'vue';
import type { UserError } from '../../graphql/request-problem';
import type { DownloadableValues, FieldMessages, FormField } from './downloadable-form.rules';

type Messages = FieldMessages & { form?: string };

interface MessageSources {
  readonly values: DownloadableValues;
  readonly fileCount: ComputedRef<number>;
  /** What the rules say about the values as they are. */
  readonly problems: ComputedRef<FieldMessages>;
}

/** What stands at which field: rules once the field was left or saving was tried, the API's refusals until the field changes. */
export function useFormMessages({ values, fileCount, problems }: MessageSources) {
  const touched = reactive(new Set<string>());
  const refused = ref<Messages>({});
  const errors = computed<Messages>(() => {
    const shown = Object.entries(problems.value).filter(([field]) => touched.has(field));
    return { ...Object.fromEntries(shown), ...refused.value };
  });

  watch(
    () => ({ ...values, files: fileCount.value }),
    (now, before) => {
      const isSame = ([field]: [string, unknown]): boolean => field !== 'form' && now[field as FormField] === before[field as FormField]; // keys of Messages
      refused.value = Object.fromEntries(Object.entries(refused.value).filter(isSame));
    },
  );

  return {
    errors,
    touch: (field: FormField): void => void touched.add(field),
    touchAll: (): void => Object.keys(problems.value).forEach((field) => touched.add(field)),
    /** Puts what the API refused at its fields; what has none goes above the form. */
    place(userErrors: readonly UserError[]): void {
      const isKnown = (field: string): boolean => field in values || field === 'files';
      // What is wrong with one of several files is called `files.3.size`.
      const placeOf = (field: string | null): string => ['form', field?.split('.')[0] ?? ''].findLast(isKnown) ?? 'form';
      refused.value = Object.fromEntries(userErrors.map(({ field, message }) => [placeOf(field), message]));
    },
  };
}
