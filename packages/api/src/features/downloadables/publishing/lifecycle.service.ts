import type { ReleaseStep } from '../../../machinery/audit/audit-actions.js';
import { checkReason, isAlready, requiredScope, type LifecycleAction, type WithdrawSeverity } from '@slipway/shared';
import { mayUse, seesDrafts } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { releaseAssets } from '../../assets/object-release.js';
import { listAssetsOfRevisions, type StoredAsset } from '../../assets/stored-asset.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { Downloadable } from '../downloadable.entity.js';
import { lockDownloadable } from '../downloadable-lock.js';
import { requireTransition, reread, statusEntry, touched, wasEverPublished } from './lifecycle-steps.js';
import { project, unproject } from '../projection/projection.js';
import { dropRevision, takeBackPublish } from './revision-steps.js';
import { Revision } from '../revision.entity.js';

/** Why a release is taken out, and what to use instead. */
export interface WithdrawalInput {
  readonly reason: string;
  /** NORMAL when absent. */
  readonly severity?: WithdrawSeverity | null;
  readonly replacementId?: string | null;
}

/** A step along the table. */
interface Move {
  readonly action: LifecycleAction;
  readonly name: ReleaseStep;
  readonly change: Partial<Downloadable>;
  /** What changes besides, found out while the row is locked. */
  readonly more?: (tx: Transaction, row: Downloadable) => Promise<Partial<Downloadable>>;
}

/** Takes published downloadables out of sight again, by the table in `@slipway/shared`. Publishing is `PublishingService`'s. */
export class LifecycleService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: JobRunner,
    /** Whether a customer was ever granted a file of a release. */
    private readonly wasGranted: (tx: Transaction, downloadableId: string) => Promise<boolean>,
  ) {}

  /**
   * Hides it from customers; its frozen revision stays. What no customer got a file of is a draft as it was before. What waits
   * to be published waits no more.
   */
  unpublish(context: RequestContext, id: string): Promise<Downloadable> {
    const change = { status: 'DRAFT', publishWhenReady: false } as const;
    return this.#move(context, id, {
      action: 'UNPUBLISH',
      name: 'unpublish',
      change,
      more: async (tx, row) =>
        row.liveRevisionId === null || (await this.wasGranted(tx, id)) ? {} : takeBackPublish(tx, row, this.clock.now()),
    });
  }

  /** Takes it out of default lists and latest; customers find it under older versions. */
  archive(context: RequestContext, id: string): Promise<Downloadable> {
    return this.#move(context, id, { action: 'ARCHIVE', name: 'archive', change: { status: 'ARCHIVED' } });
  }

  restore(context: RequestContext, id: string): Promise<Downloadable> {
    return this.#move(context, id, { action: 'RESTORE', name: 'restore', change: { status: 'PUBLISHED' } });
  }

  /**
   * Takes a bad release out at once and for good, with a reason that customers read. An open draft revision goes with it. What is
   * withdrawn already gets another reason, severity or replacement; those that are absent stay.
   */
  async withdraw(context: RequestContext, id: string, input: WithdrawalInput): Promise<Downloadable> {
    const problem = checkReason(input.reason);
    if (problem) refuse(problem.code, problem.message, 'reason');
    const now = this.clock.now();
    const downloadable = await this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      if (!isAlready(row.status, 'WITHDRAW')) requireTransition(row, 'WITHDRAW');
      const withdrawal = await withdrawalAfter(tx, row, { ...input, now });
      if (isAlready(row.status, 'WITHDRAW') && isSameWithdrawal(row, withdrawal)) return row;
      if (row.draftRevisionId !== null) await dropRevision(tx, row.draftRevisionId, now);
      const change = { status: 'WITHDRAWN', draftRevisionId: null, publishWhenReady: false, ...withdrawal } as const;
      await tx.manager.update(Downloadable, { id }, { ...change, ...touched(row, now) });
      await project(tx, id);
      const entry = statusEntry('withdraw', row, { status: 'WITHDRAWN', ...withdrawal });
      await this.audit.record(tx, context, { ...entry, before: { status: row.status, ...withdrawalOf(row) } });
      return reread(tx, row);
    });
    this.jobs.nudge();
    return downloadable;
  }

  /** Deletes a downloadable for good: rows now, files by a job right after. @param confirmVersion its version, typed */
  async delete(context: RequestContext, id: string, confirmVersion: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockForDelete(tx, context, id);
      if (confirmVersion.trim() !== row.version)
        refuse('CONFIRMATION_MISMATCH', `Type the version exactly as it is: ${row.version}.`, 'confirmVersion');
      const assets = await this.#deleteRows(tx, row);
      const before = { version: row.version, status: row.status, productId: row.productId, files: assets.map((asset) => asset.fileName) };
      await this.audit.record(tx, context, { action: 'downloadable.delete', subjectType: 'downloadable', subjectId: id, before });
    });
    this.jobs.nudge();
  }

  /** Moves it along the table; what is there already stays as it is. */
  async #move(context: RequestContext, id: string, move: Move): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      const isWaiting = row.publishWhenReady && move.change.publishWhenReady === false;
      if (isAlready(row.status, move.action) && !isWaiting) return row;
      if (!isAlready(row.status, move.action)) requireTransition(row, move.action);
      const more = (await move.more?.(tx, row)) ?? {};
      await tx.manager.update(Downloadable, { id }, { ...move.change, ...more, ...touched(row, this.clock.now()) });
      await project(tx, id);
      await this.audit.record(tx, context, statusEntry(move.name, row, { status: move.change.status }));
      return reread(tx, row);
    });
  }

  async #deleteRows(tx: Transaction, row: Downloadable): Promise<StoredAsset[]> {
    const revisions = await tx.manager.findBy(Revision, { downloadableId: row.id });
    const assets = await listAssetsOfRevisions(
      tx,
      revisions.map((revision) => revision.id),
    );
    const assetIds = assets.map((asset) => asset.id);
    await releaseAssets(tx, assetIds, this.clock.now());
    await unproject(tx, row);
    await tx.manager.delete(Revision, { downloadableId: row.id });
    await tx.manager.update(Downloadable, { replacementId: row.id }, { replacementId: null });
    await tx.manager.delete(Downloadable, { id: row.id });
    return assets;
  }
}

/** What was never published may be deleted by whoever writes; the rest by whoever publishes. */
async function lockForDelete(tx: Transaction, context: RequestContext, id: string): Promise<Downloadable> {
  const row = await tx.lock(Downloadable, { id });
  if (!row || !seesDrafts(context.actor, row.productId)) throw notFound('downloadable');
  const scope = requiredScope('DELETE', wasEverPublished(row));
  if (!mayUse(context.actor, scope, row.productId)) throw forbidden(scope);
  return row;
}

type Withdrawal = Pick<Downloadable, 'withdrawnAt' | 'withdrawReason' | 'withdrawSeverity' | 'replacementId'>;

const withdrawalOf = ({ withdrawnAt, withdrawReason, withdrawSeverity, replacementId }: Downloadable): Withdrawal => ({
  withdrawnAt,
  withdrawReason,
  withdrawSeverity,
  replacementId,
});

async function withdrawalAfter(tx: Transaction, row: Downloadable, input: WithdrawalInput & { readonly now: Date }): Promise<Withdrawal> {
  const { replacementId = row.replacementId } = input;
  return {
    withdrawnAt: row.withdrawnAt ?? input.now,
    withdrawReason: input.reason.trim(),
    withdrawSeverity: input.severity ?? row.withdrawSeverity ?? 'NORMAL',
    // One that was chosen before may have been archived since; only a new choice is checked.
    replacementId: replacementId === row.replacementId ? replacementId : await checkReplacement(tx, row, replacementId),
  };
}

const isSameWithdrawal = (row: Downloadable, after: Withdrawal): boolean =>
  row.withdrawReason === after.withdrawReason &&
  row.withdrawSeverity === after.withdrawSeverity &&
  row.replacementId === after.replacementId;

/** A replacement is another release of the product that customers can get now. */
async function checkReplacement(tx: Transaction, row: Downloadable, replacementId: string | null): Promise<string | null> {
  if (replacementId === null) return null;
  const other = await tx.manager.findOneBy(Downloadable, { id: replacementId });
  if (other?.productId === row.productId && other.status === 'PUBLISHED' && other.id !== row.id) return other.id;
  return refuse(
    'REPLACEMENT_INVALID',
    'The replacement must be another published release of the same product: choose one.',
    'replacementId',
  );
}
