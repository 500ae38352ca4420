/** The way back from a change of status, where the lifecycle has one. */
import type { DownloadableStatus } from '@slipway/shared';

export type ReversibleAction = 'PUBLISH' | 'UNPUBLISH' | 'ARCHIVE' | 'RESTORE';

/** A row as it was before. */
export interface FormerState {
  readonly status: DownloadableStatus;
  readonly revision: { readonly frozenAt: string | null };
  readonly draftRevision: object | null;
}

/** The actions that bring a row back to its own former status, in order; null when none do. */
export function undoSteps(action: ReversibleAction, former: FormerState): readonly ReversibleAction[] | null {
  switch (action) {
    case 'PUBLISH':
      // What was scheduled is frozen now and cannot wait for its time again.
      return former.status === 'DRAFT' ? ['UNPUBLISH'] : null;
    case 'UNPUBLISH':
      // Publishing would take the open next revision live, which nobody has looked at.
      if (former.revision.frozenAt !== null && former.draftRevision !== null) return null;
      return former.status === 'ARCHIVED' ? ['PUBLISH', 'ARCHIVE'] : ['PUBLISH'];
    case 'ARCHIVE':
      return ['RESTORE'];
    case 'RESTORE':
      return ['ARCHIVE'];
  }
}
