import { shallowRef, watch, type ShallowRef } from 'vue';
import { client } from '../../graphql/client';
import { GetDownloadableDocument, type DownloadableDetailFragment } from '../../graphql/documents.generated';
import { editedContent } from './edited-content';
import { differingFields, valuesOf, type DownloadableValues } from './downloadable-form.rules';

interface EditedForm {
  readonly values: DownloadableValues;
  /** What the form started from; null for a new downloadable. */
  readonly base: ShallowRef<DownloadableDetailFragment | null>;
  readonly existing: () => DownloadableDetailFragment | null;
}

/** Two tabs edit one downloadable: the second to save sees both sides and chooses. */
export function useEditConflict({ values, base, existing }: EditedForm) {
  const conflict = shallowRef<DownloadableDetailFragment | null>(null);

  watch(existing, (latest) => {
    if (!latest || !base.value) return;
    const isOnlyItsFiles = differingFields(valuesOf(latest, ''), valuesOf(base.value, '')).length === 0;
    if (isOnlyItsFiles) base.value = latest; // no conflict with one's own uploads
  });

  /** Fetches the other side. @returns whether it is there to be shown. */
  async function meet(): Promise<boolean> {
    try {
      const variables = { id: base.value?.id ?? '' };
      const { data } = await client.query({ query: GetDownloadableDocument, variables, fetchPolicy: 'network-only' });
      conflict.value = data?.downloadable ? editedContent(data.downloadable) : null;
    } catch {
      conflict.value = null;
    }
    return conflict.value !== null;
  }

  /** Goes on with the other side's values, or with one's own, which the next save writes over them. */
  function settle(choice: 'THEIRS' | 'MINE'): void {
    if (!conflict.value) return;
    if (choice === 'THEIRS') Object.assign(values, valuesOf(conflict.value, values.productId));
    base.value = conflict.value;
    conflict.value = null;
  }

  return { conflict, meet, settle };
}
