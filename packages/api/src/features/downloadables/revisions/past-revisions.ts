import type { ReleaseStep } from '../../../machinery/audit/audit-actions.js';
import { checkReason, checkRevisionAction } from '@slipway/shared';
import { IsNull, LessThan, Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { releaseAssets } from '../../assets/object-release.js';
import { listAssetsOfRevisions } from '../../assets/stored-asset.js';
import { AuditEvent } from '../../../machinery/audit/audit-event.entity.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { Downloadable } from '../downloadable.entity.js';
import { lockDownloadable } from '../downloadable-lock.js';
import { reread, revisionFacts, touched } from '../publishing/lifecycle-steps.js';
import { forgetFiles } from '../projection/listed-files.js';
import { project } from '../projection/projection.js';
import { insertNextRevision } from '../publishing/revision-steps.js';
import { Revision } from '../revision.entity.js';
import type { PurgeRevisionInput, UndoPublishInput, WithdrawRevisionInput } from './past-revision.inputs.js';

const PURGE = 'purgeRevision' as const;

export interface PurgeResult {
  readonly downloadable: Downloadable;
  readonly keptFileNames: readonly string[];
}

interface PastRevision {
  readonly row: Downloadable;
  readonly revision: Revision;
}

/** One bad revision: its files are offered no more, or deleted, or its publish is taken back (DESIGN.md, section 3). */
export class PastRevisions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: JobRunner,
  ) {}

  /** Its links answer 410 from now on and name the live one. One that is withdrawn already gets another reason or severity. */
  async withdraw(context: RequestContext, input: WithdrawRevisionInput): Promise<Downloadable> {
    const problem = checkReason(input.reason);
    if (problem) refuse(problem.code, problem.message, 'reason');
    return this.database.transaction(async (tx) => {
      const { row, revision } = await lockPast(tx, context, input.revisionId, 'withdraw the release, or publish another revision first');
      const { withdrawReason, withdrawSeverity } = revision;
      const after = { withdrawReason: input.reason.trim(), withdrawSeverity: input.severity ?? withdrawSeverity ?? 'NORMAL' };
      if (withdrawReason === after.withdrawReason && withdrawSeverity === after.withdrawSeverity) return row;
      await tx.manager.update(Revision, { id: revision.id }, { ...after, withdrawnAt: revision.withdrawnAt ?? this.clock.now() });
      const before = { number: revision.number, withdrawReason, withdrawSeverity };
      return this.#finish(tx, context, row, { action: 'withdrawRevision', before, after });
    });
  }

  /** Deletes its files for good, except bytes on which something else stands; what it said stays as history. */
  async purge(context: RequestContext, input: PurgeRevisionInput): Promise<PurgeResult> {
    const result = await this.database.transaction(async (tx) => {
      const { row, revision } = await lockPast(tx, context, input.revisionId, 'delete the release, or publish another revision first');
      if (input.confirmVersion.trim() !== row.version)
        refuse('CONFIRMATION_MISMATCH', `Type the version exactly as it is: ${row.version}.`, 'confirmVersion');
      if (revision.purgedAt !== null) return { downloadable: row, keptFileNames: await findKeptFileNames(tx, revision) };
      const assets = await listAssetsOfRevisions(tx, [revision.id]);
      const assetIds = assets.map(({ id }) => id);
      await releaseAssets(tx, assetIds, this.clock.now());
      await forgetFiles(tx, revision.id);
      await tx.manager.update(Revision, { id: revision.id }, { purgedAt: this.clock.now() });
      const kept = await listReady(
        tx,
        assets.flatMap(({ storedObjectId }) => storedObjectId ?? []),
      );
      const keptFileNames = assets.flatMap(({ fileName, storedObjectId }) => (kept.has(storedObjectId ?? '') ? fileName : []));
      const before = { number: revision.number, files: assets.map(({ fileName, sha256 }) => ({ fileName, sha256 })) };
      const entry = { action: PURGE, before, after: { keptFileNames } };
      return { downloadable: await this.#finish(tx, context, row, entry), keptFileNames };
    });
    this.jobs.nudge();
    return result;
  }

  /** The revision before is live again; the undone one stays frozen and hidden, and its content is the open draft. */
  async undoPublish(context: RequestContext, { id, revisionId }: UndoPublishInput): Promise<Downloadable> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      const undone = await tx.manager.findOneBy(Revision, { id: revisionId, downloadableId: id });
      if (!undone) throw notFound('revision');
      if (undone.undoneAt !== null) return row;
      requireLive(row, undone);
      if (row.draftRevisionId !== null)
        refuse('REVISION_NOT_ALLOWED', 'A draft revision is open, and this would open another: publish or discard the open one first.');
      const possible = checkRevisionAction(revisionFacts(row), 'REVISE');
      if (!possible.ok) refuse(possible.problem.code, possible.problem.message);
      const before = await findRevisionBefore(tx, undone);
      await tx.manager.update(Revision, { id: undone.id }, { undoneAt: now });
      const draftRevisionId = await insertNextRevision(tx, row, undone, now);
      await tx.manager.update(Downloadable, { id }, { liveRevisionId: before.id, draftRevisionId, publishWhenReady: false });
      const entry = { action: 'undoPublish' as const, before: { revisionId }, after: { revisionId: before.id, draftRevisionId } };
      return this.#finish(tx, context, row, entry);
    });
  }

  async #finish(
    tx: Transaction,
    context: RequestContext,
    row: Downloadable,
    entry: { readonly action: ReleaseStep; readonly before: object; readonly after: object },
  ): Promise<Downloadable> {
    await tx.manager.update(Downloadable, { id: row.id }, touched(row, this.clock.now()));
    await project(tx, row.id);
    const subject = { subjectType: 'downloadable', subjectId: row.id } as const;
    await this.audit.record(tx, context, { ...entry, ...subject, action: `downloadable.${entry.action}` });
    return reread(tx, row);
  }
}

/** A revision that was published and is not live, its downloadable locked. @param instead what to do about the live one */
async function lockPast(tx: Transaction, context: RequestContext, revisionId: string, instead: string): Promise<PastRevision> {
  const found = await tx.manager.findOneBy(Revision, { id: revisionId });
  if (!found) throw notFound('revision');
  const row = await lockDownloadable(tx, context, { id: found.downloadableId, scope: 'release:publish' });
  const revision = await tx.manager.findOneBy(Revision, { id: revisionId });
  if (!revision) throw notFound('revision');
  if (revision.frozenAt === null) refuse('REVISION_NOT_ALLOWED', 'This revision was never published: discard it instead.', 'revisionId');
  if (row.liveRevisionId === revisionId) refuse('REVISION_LIVE', `Revision ${revision.number} is the live one: ${instead}.`, 'revisionId');
  return { row, revision };
}

function requireLive(row: Downloadable, revision: Revision): void {
  if (row.liveRevisionId === revision.id) return;
  refuse(
    'REVISION_NOT_LIVE',
    `Revision ${revision.number} is not the live one, so there is nothing to undo: load the page again.`,
    'revisionId',
  );
}

/** The newest revision below one that customers may get. @throws Refusal REVISION_NOT_ALLOWED when there is none */
async function findRevisionBefore(tx: Transaction, { downloadableId, number }: Revision): Promise<Revision> {
  const usable = {
    frozenAt: Not(IsNull()),
    undoneAt: IsNull(),
    withdrawnAt: IsNull(),
    purgedAt: IsNull(),
  };
  const [before] = await tx.manager.find(Revision, {
    where: { downloadableId, number: LessThan(number), ...usable },
    order: { number: 'DESC' },
    take: 1,
  });
  return (
    before ??
    refuse('REVISION_NOT_ALLOWED', 'There is no revision before this one to go back to: unpublish the release instead.', 'revisionId')
  );
}

/** What the purge answered when it was done: its files have no rows any more. */
async function findKeptFileNames(tx: Transaction, { number, downloadableId }: Revision): Promise<readonly string[]> {
  const where = { subjectType: 'downloadable', subjectId: downloadableId, action: `downloadable.${PURGE}` };
  for (const { beforeJson, afterJson } of await tx.manager.find(AuditEvent, { where })) {
    const before = JSON.parse(beforeJson ?? '{}') as { number?: number }; // as `purge` writes it
    const after = JSON.parse(afterJson ?? '{}') as { keptFileNames?: readonly string[] }; // as `purge` writes it
    if (before.number === number) return after.keptFileNames ?? [];
  }
  return [];
}

/** Which of some stored objects something still stands on. */
async function listReady(tx: Transaction, storedObjectIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (storedObjectIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM stored_object WHERE state = 'READY' AND id IN (${storedObjectIds.map(() => '?').join(', ')})`,
    storedObjectIds,
  );
  return new Set(rows.map(({ id }) => id));
}
