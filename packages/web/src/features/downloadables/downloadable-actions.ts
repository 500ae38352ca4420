/** Which actions a row or page offers: the lifecycle table, narrowed to the viewer's rights and to what the console can do today. */
import { availableActions, requiredScope, type DownloadableStatus, type LifecycleAction, type Scope } from '@slipway/shared';

export type RowAction = 'PUBLISH' | 'UNPUBLISH' | 'EDIT' | 'DELETE';

export interface ActionFacts {
  readonly status: DownloadableStatus;
  readonly publishedAt: string | null;
  readonly revision: { readonly frozenAt: string | null };
}

const BUILT: readonly LifecycleAction[] = ['PUBLISH', 'UNPUBLISH', 'DELETE'];

function isBuilt(action: LifecycleAction): action is 'PUBLISH' | 'UNPUBLISH' | 'DELETE' {
  return BUILT.includes(action);
}

/** Content can change until the first publish freezes it; a scheduled draft is locked. */
export function isEditable(facts: ActionFacts): boolean {
  return facts.status === 'DRAFT' && facts.revision.frozenAt === null;
}

export function rowActions(facts: ActionFacts, can: (scope: Scope) => boolean): readonly RowAction[] {
  const wasEverPublished = facts.publishedAt !== null || facts.revision.frozenAt !== null;
  const lifecycle = availableActions(facts.status)
    .filter(isBuilt)
    .filter((action) => can(requiredScope(action, wasEverPublished)));
  const edits: readonly RowAction[] = isEditable(facts) && can('release:write') ? ['EDIT'] : [];
  return [...lifecycle.filter((action) => action !== 'DELETE'), ...edits, ...lifecycle.filter((action) => action === 'DELETE')];
}
