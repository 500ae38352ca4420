/** Which actions a row or page offers: the lifecycle and revision tables, narrowed to the viewer's rights. */
import {
  availableActions,
  availableRevisionActions,
  requiredScope,
  REVISION_RULES,
  type DownloadableStatus,
  type RevisionFacts,
  type Scope,
} from '@slipway/shared';

export const ROW_ACTIONS = [
  'PUBLISH',
  'PUBLISH_REVISION',
  'SCHEDULE',
  'CANCEL_SCHEDULE',
  'RESTORE',
  'EDIT',
  'DOWNLOAD',
  'COPY',
  'DISCARD_REVISION',
  'UNPUBLISH',
  'ARCHIVE',
  'WITHDRAW',
  'DELETE',
] as const;

export type RowAction = (typeof ROW_ACTIONS)[number];

export const ACTION_LABELS: Readonly<Record<RowAction, string>> = {
  PUBLISH: 'Publish',
  PUBLISH_REVISION: 'Publish revision',
  SCHEDULE: 'Schedule',
  CANCEL_SCHEDULE: 'Cancel schedule',
  RESTORE: 'Restore',
  EDIT: 'Edit',
  DOWNLOAD: 'Download',
  COPY: 'Copy to a new version',
  DISCARD_REVISION: 'Discard revision',
  UNPUBLISH: 'Unpublish',
  ARCHIVE: 'Archive',
  WITHDRAW: 'Withdraw',
  DELETE: 'Delete',
};

/** Actions that always open a dialog: their labels end in an ellipsis. */
export const ASKS_FIRST: ReadonlySet<RowAction> = new Set([
  'PUBLISH_REVISION',
  'SCHEDULE',
  'COPY',
  'DISCARD_REVISION',
  'WITHDRAW',
  'DELETE',
] as const);

/** What people can be told of a release in a status; null: nothing yet. */
export function tellingOf(status: DownloadableStatus): string | null {
  if (status === 'WITHDRAWN') return 'Recall';
  return status === 'PUBLISHED' || status === 'SCHEDULED' ? 'Announce' : null;
}

export interface ActionFacts {
  readonly status: DownloadableStatus;
  readonly everPublishedAt: string | null;
  readonly revision: { readonly frozenAt: string | null };
  readonly draftRevision: object | null;
  readonly assetCount: number;
}

export function revisionFacts(facts: ActionFacts): RevisionFacts {
  return { status: facts.status, hasLive: facts.revision.frozenAt !== null, hasDraft: facts.draftRevision !== null };
}

/** Whether saving an edit opens the next revision first. */
export function opensRevision(facts: ActionFacts): boolean {
  return availableRevisionActions(revisionFacts(facts)).includes('REVISE');
}

/** The open draft is edited in place, unless a schedule locks it; a frozen revision by opening the next one. */
export function isEditable(facts: ActionFacts): boolean {
  return (facts.draftRevision !== null && facts.status !== 'SCHEDULED') || opensRevision(facts);
}

/** In the order of `ROW_ACTIONS`: what leads forward first, what cannot be undone last. */
export function rowActions(facts: ActionFacts, can: (scope: Scope) => boolean): readonly RowAction[] {
  const possible = new Set<string>([
    ...availableActions(facts.status).filter((action) => can(requiredScope(action, facts.everPublishedAt !== null))),
    ...availableRevisionActions(revisionFacts(facts)).filter((action) => can(REVISION_RULES[action].scope)),
    ...(can('release:read') && facts.assetCount > 0 ? ['DOWNLOAD'] : []),
    ...(can('release:write') ? ['COPY'] : []),
    ...(can('release:write') && isEditable(facts) ? ['EDIT'] : []),
  ]);
  return ROW_ACTIONS.filter((action) => possible.has(action));
}
