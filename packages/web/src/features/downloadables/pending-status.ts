import { shallowReactive } from 'vue';
import type { DownloadableRowFragment } from '../../graphql/documents.generated';

/** What a change of status changes in a row. */
export type StatusFields = Pick<DownloadableRowFragment, 'status' | 'publishedAt' | 'publishAt' | 'scheduleFailure' | 'publishWhenReady'>;

const pending = shallowReactive(new Map<string, StatusFields>());

/**
 * Shows a change of status before the API has answered. An optimistic answer in the cache would read the whole list again before
 * anything is seen of it.
 * @returns ends it: from then on the row shows what the cache has
 */
export function expectStatus(id: string, expected: StatusFields): () => void {
  pending.set(id, expected);
  return () => {
    if (pending.get(id) === expected) pending.delete(id);
  };
}

/** The row with the change of status that is on its way, if one is. */
export function withPendingStatus<TRow extends StatusFields & { readonly id: string }>(row: TRow): TRow {
  const expected = pending.get(row.id);
  return expected ? { ...row, ...expected } : row;
}
