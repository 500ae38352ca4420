/** What a bulk action is asked about before it is done: whom it gives something, and whom it takes it from. */
import type { BulkAction, PreviewImpactQueryVariables } from '../../../graphql/documents.generated';
import type { ImpactSubject } from '../../../messages/impact';

/** More releases than one preview takes. */
export const MOST_PREVIEWED = 100;

/** To customers a release that is deleted is one that is hidden. */
const CHANGES = { PUBLISH: 'PUBLISH', UNPUBLISH: 'UNPUBLISH', ARCHIVE: 'ARCHIVE', RESTORE: 'RESTORE', DELETE: 'UNPUBLISH' } as const;

export interface BulkImpact {
  readonly subject: ImpactSubject;
  readonly change: PreviewImpactQueryVariables['input'];
}

/** Null: there are none, or too many to be counted at a time. */
export function bulkImpact(action: BulkAction, ids: readonly string[]): BulkImpact | null {
  const [first] = ids;
  const change = CHANGES[action];
  if (first === undefined || ids.length > MOST_PREVIEWED) return null;
  if (ids.length === 1) return { subject: 'RELEASE', change: { release: { downloadableId: first, change } } };
  return { subject: 'RELEASES', change: { releases: { downloadableIds: [...ids], change } } };
}
