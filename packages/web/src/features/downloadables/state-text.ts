/** What is said of a release in the state it is in. Every sentence here is true in each of them: the test is a table of both. */
import { STATUS_LABELS, type DownloadableStatus } from '@slipway/shared';
import { opensRevision, type ActionFacts } from './downloadable-actions';

export interface StateFacts extends ActionFacts {
  readonly publishedAt: string | null;
  readonly revision: { readonly frozenAt: string | null; readonly number: number };
  readonly draftRevision: { readonly number: number } | null;
}

/** "Unpublished": customers had it, and it is hidden. What none of them got a file of is a draft. */
export function statusLabel({ status, publishedAt }: { readonly status: DownloadableStatus; readonly publishedAt: string | null }): string {
  return status === 'DRAFT' && publishedAt !== null ? 'Unpublished' : STATUS_LABELS[status];
}

/** Customers may get it now, the archived ones under older versions. */
const isServed = (status: DownloadableStatus): boolean => status === 'PUBLISHED' || status === 'ARCHIVED';

/** What saving the form does. */
export function editText(row: StateFacts): string {
  const { number, frozenAt } = row.revision;
  if (opensRevision(row))
    return isServed(row.status)
      ? `Saving opens the next revision as a draft. Customers keep getting revision ${number} until you publish it.`
      : 'Saving opens the next revision as a draft. Customers see nothing of this version until you publish it.';
  if (frozenAt === null) return 'A draft can change until it is published.';
  return draftRevisionText(row);
}

/** What becomes of the open revision beside one that was published. */
export function draftRevisionText({ status, revision, draftRevision }: StateFacts): string {
  if (isServed(status)) return `Customers get revision ${revision.number} until you publish it.`;
  return `Customers see nothing of this version now. Publishing it serves revision ${draftRevision?.number ?? revision.number}.`;
}

export function discardText({ status }: StateFacts): string {
  return isServed(status) ? 'What customers get stays as it is.' : 'Customers see nothing of this version, before and after.';
}

export function publishText({ revision, draftRevision }: StateFacts): string {
  if (revision.frozenAt === null) return 'Those entitled to it get it at once, and its content is frozen.';
  if (draftRevision !== null) return `Those entitled to it get revision ${draftRevision.number} at once, and its content is frozen.`;
  return `Those entitled to it get revision ${revision.number} again, as it was.`;
}

export function deleteText({ everPublishedAt }: StateFacts): string {
  return everPublishedAt ? 'This cannot be undone. Its links stop working at once.' : 'This cannot be undone. Customers never saw it.';
}

/** When it was published, or made. */
export function sinceText(
  {
    status,
    publishedAt,
    createdAt,
  }: { readonly status: DownloadableStatus; readonly publishedAt: string | null; readonly createdAt: string },
  instantText: (instant: string) => string,
): string {
  if (publishedAt === null) return `Created ${instantText(createdAt)}`;
  return `${status === 'DRAFT' ? 'First published' : 'Published'} ${instantText(publishedAt)}`;
}
