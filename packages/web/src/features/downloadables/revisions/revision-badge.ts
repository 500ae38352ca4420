/** What became of a revision, in a word. */
export interface PastOfRevision {
  readonly id: string;
  readonly frozenAt: string | null;
  readonly undoneAt: string | null;
  readonly purgedAt: string | null;
  readonly withdrawnAt: string | null;
}

export interface RevisionBadge {
  readonly label: string;
  readonly tone: 'neutral' | 'good' | 'warn' | 'bad';
}

export function revisionBadge(revision: PastOfRevision, liveId: string): RevisionBadge {
  if (revision.frozenAt === null) return { label: 'Draft', tone: 'neutral' };
  if (revision.id === liveId) return { label: 'Live', tone: 'good' };
  if (revision.purgedAt !== null) return { label: 'Files deleted', tone: 'neutral' };
  if (revision.withdrawnAt !== null) return { label: 'Withdrawn', tone: 'bad' };
  return revision.undoneAt === null ? { label: 'Superseded', tone: 'warn' } : { label: 'Undone', tone: 'neutral' };
}

/** Whether its files are still there to be withdrawn or deleted. */
export const isPast = (revision: PastOfRevision, liveId: string): boolean =>
  revision.frozenAt !== null && revision.id !== liveId && revision.purgedAt === null;
