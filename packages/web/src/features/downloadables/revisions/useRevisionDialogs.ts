import { shallowRef } from 'vue';
import type { GetRevisionsQuery } from '../../../graphql/documents.generated';

export type ChosenRevision = NonNullable<GetRevisionsQuery['downloadable']>['revisions'][number];

type RevisionAction = 'WITHDRAW' | 'PURGE';

/** Which dialog about a past revision is open. */
export function useRevisionDialogs() {
  const open = shallowRef<{ readonly action: RevisionAction; readonly revision: ChosenRevision } | null>(null);
  return {
    open,
    ask: (action: RevisionAction, revision: ChosenRevision): void => void (open.value = { action, revision }),
    close: (): void => void (open.value = null),
  };
}
