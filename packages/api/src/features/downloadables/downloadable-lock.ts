import type { Transaction } from '../../database/transaction.js';
import { mayUse, seesDrafts } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { refuse } from '../../kernel/problem/refusal.js';
import { Downloadable } from './downloadable.entity.js';
import { Revision } from './revision.entity.js';

/** Locks a downloadable for a mutation: always the first row a mutation takes. @throws PublicFault NOT_FOUND, FORBIDDEN */
export async function lockDownloadable(
  tx: Transaction,
  context: RequestContext,
  wanted: { readonly id: string; readonly scope: 'release:write' | 'release:publish' },
): Promise<Downloadable> {
  const row = await tx.lock(Downloadable, { id: wanted.id });
  if (!row) throw notFound('downloadable');
  if (mayUse(context.actor, wanted.scope, row.productId)) return row;
  throw seesDrafts(context.actor, row.productId) ? forbidden(wanted.scope) : notFound('downloadable');
}

/** Refuses a change by somebody who saw another state. @param seen null: the caller does not say @throws Refusal EDIT_CONFLICT */
export function requireLockVersion(row: Downloadable, seen: number | null): void {
  if (seen === null || seen === row.lockVersion) return;
  refuse(
    'EDIT_CONFLICT',
    'Somebody else changed this release after you opened it: load their version, then make your changes again.',
    'lockVersion',
  );
}

/** The draft whose content may change. @throws Refusal REVISION_FROZEN when none is open, SCHEDULED_LOCKED while scheduled */
export async function lockDraft(tx: Transaction, row: Downloadable): Promise<Revision> {
  if (row.draftRevisionId === null) {
    refuse(
      'REVISION_FROZEN',
      `Version ${row.version} has been published, so its content is frozen: revise it to open its next revision, or create a new release.`,
    );
  }
  if (row.status === 'SCHEDULED')
    refuse('SCHEDULED_LOCKED', 'This release is scheduled, so its content is locked: cancel the schedule first.');
  return tx.manager.findOneByOrFail(Revision, { id: row.draftRevisionId });
}
