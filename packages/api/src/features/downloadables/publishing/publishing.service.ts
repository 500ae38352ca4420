import { checkPublishAt, checkRevisionAction, isAlready, isOnlyVerifying } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { refuse, refuseWith } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { Downloadable } from '../downloadable.entity.js';
import { releaseDateAt } from '../downloadable.rules.js';
import { lockDownloadable, requireLockVersion } from '../downloadable-lock.js';
import {
  findPublishProblems,
  listFilesToPublish,
  requirePublishable,
  requireTransition,
  reread,
  revisionFacts,
  statusEntry,
  touched,
} from './lifecycle-steps.js';
import { project } from '../projection/projection.js';
import { Revision } from '../revision.entity.js';

export const PUBLISH_JOB = 'downloadable.publish';

/** Longest text kept of why a scheduled publish failed. */
const FAILURE_MAX_LENGTH = 500;

/** A request to publish, which may come twice. */
export interface PublishCall {
  readonly id: string;
  /** What the caller saw; another one is refused. */
  readonly lockVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** Publishes: at once, when the last file is READY, or at a set time. */
export class PublishingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Publishes and freezes the draft (of a new release, or the next revision of one), or serves the frozen revision again.
   * While files are still being verified it is remembered instead, and happens when the last one is READY. What is published
   * already stays as it is; a repetition never publishes a revision that was opened since.
   * @param check what the caller asks of the row besides, while it is locked
   */
  async publish(context: RequestContext, call: PublishCall, check: (row: Downloadable) => void = () => undefined): Promise<Downloadable> {
    const { timeZone } = await this.settings.read();
    return this.#once(context, call, async (tx, row) => {
      check(row);
      if (isServed(row)) return;
      requireSeen(context.actor, row, call);
      if (!isRevisionPublish(row)) requireTransition(row, 'PUBLISH');
      if (isOnlyVerifying(await listFilesToPublish(tx, row))) return this.#publishLater(tx, context, row);
      await requirePublishable(tx, row);
      await this.#publishNow(tx, row, timeZone);
      await this.audit.record(tx, context, publishEntry(row, await reread(tx, row)));
    });
  }

  /**
   * Has a draft published at a set time. Its content is locked until then; its files are checked now and again when due. What
   * is scheduled for this time already, or was published when it came, stays as it is.
   */
  async schedule(context: RequestContext, call: PublishCall, publishAt: Date): Promise<Downloadable> {
    return this.#once(context, { ...call, publishAt }, async (tx, row) => {
      const { id } = row;
      const isScheduled = row.status === 'SCHEDULED' && row.publishAt?.getTime() === publishAt.getTime();
      if (isScheduled || (isServed(row) && publishAt <= this.clock.now())) return;
      requireSeen(context.actor, row, call);
      requireTransition(row, 'SCHEDULE');
      const problem = checkPublishAt(publishAt, this.clock.now());
      if (problem) refuse(problem.code, problem.message, 'publishAt');
      await requirePublishable(tx, row);
      const change = { status: 'SCHEDULED', publishAt, publishWhenReady: false, scheduleFailure: null } as const;
      await tx.manager.update(Downloadable, { id }, { ...change, ...touched(row, this.clock.now()) });
      const dedupeKey = `${PUBLISH_JOB}:${id}:${row.lockVersion + 1}`;
      await enqueueJob(tx, { kind: PUBLISH_JOB, dedupeKey, payload: { downloadableId: id, publishAt }, runAt: publishAt });
      await project(tx, id);
      await this.audit.record(tx, context, statusEntry('schedule', row, { status: 'SCHEDULED', publishAt }));
    });
  }

  async cancelSchedule(context: RequestContext, id: string): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      if (isAlready(row.status, 'CANCEL_SCHEDULE')) return row;
      requireTransition(row, 'CANCEL_SCHEDULE');
      await this.#backToDraft(tx, row, null);
      await this.audit.record(tx, context, statusEntry('cancelSchedule', row, { status: 'DRAFT' }));
      return reread(tx, row);
    });
  }

  /**
   * Publishes a downloadable that waits for its files, when the last one has become READY. Called in the transaction that
   * makes a file READY, with the downloadable's row locked.
   */
  async publishIfWaiting(tx: Transaction, row: Downloadable, timeZone: string): Promise<void> {
    const isPossible = row.status === 'DRAFT' || isRevisionPublish(row);
    if (!row.publishWhenReady || row.draftRevisionId === null || !isPossible) return;
    if ((await findPublishProblems(tx, row)).length > 0) return;
    await this.#publishNow(tx, row, timeZone);
    await this.audit.recordBySystem(tx, publishEntry(row, await reread(tx, row)));
  }

  /**
   * Publishes what was scheduled for this time, in the transaction that finishes its job. When something has come in the
   * way it is a draft again and says why.
   */
  async publishDue(tx: Transaction, due: { readonly id: string; readonly publishAt: Date; readonly timeZone: string }): Promise<void> {
    const row = await tx.lock(Downloadable, { id: due.id });
    if (row?.status !== 'SCHEDULED' || row.publishAt?.getTime() !== due.publishAt.getTime()) return;
    const [problem] = await findPublishProblems(tx, row);
    if (problem) {
      await this.#backToDraft(tx, row, problem.message.slice(0, FAILURE_MAX_LENGTH));
      return this.audit.recordBySystem(tx, statusEntry('scheduleFailed', row, { status: 'DRAFT', failure: problem.message }));
    }
    await this.#publishNow(tx, row, due.timeZone);
    await this.audit.recordBySystem(tx, publishEntry(row, await reread(tx, row)));
  }

  /** Changes a downloadable that is locked; with a key, once per key. */
  async #once(
    context: RequestContext,
    call: PublishCall & { readonly publishAt?: Date },
    change: (tx: Transaction, row: Downloadable) => Promise<void>,
  ): Promise<Downloadable> {
    const { idempotencyKey: key, ...input } = call;
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: call.id, scope: 'release:publish' });
      const once = { operation: 'publishDownloadable', key, input, made: { entity: Downloadable, noun: 'release' } };
      await this.idempotency.once(tx, context, once, async () => {
        await change(tx, row);
        return row.id;
      });
      return reread(tx, row);
    });
  }

  async #publishLater(tx: Transaction, context: RequestContext, row: Downloadable): Promise<void> {
    if (row.publishWhenReady) return;
    await tx.manager.update(Downloadable, { id: row.id }, { publishWhenReady: true, ...touched(row, this.clock.now()) });
    await this.audit.record(tx, context, statusEntry('publishWhenReady', row, { status: row.status }));
  }

  async #backToDraft(tx: Transaction, row: Downloadable, scheduleFailure: string | null): Promise<void> {
    const change = { status: 'DRAFT', publishAt: null, scheduleFailure } as const;
    await tx.manager.update(Downloadable, { id: row.id }, { ...change, ...touched(row, this.clock.now()) });
    await project(tx, row.id);
  }

  /** The freeze: from here on nothing of the revision changes, and none of its bytes. The one before stays as history. */
  async #publishNow(tx: Transaction, row: Downloadable, timeZone: string): Promise<void> {
    const now = this.clock.now();
    const revision = await tx.manager.findOneByOrFail(Revision, { id: row.draftRevisionId ?? row.liveRevisionId ?? '' });
    const releaseDate = releaseDateAt(revision, now, timeZone);
    if (revision.frozenAt === null) {
      const publishDate = revision.releaseDate === null ? releaseDate : revision.publishDate;
      await tx.manager.update(Revision, { id: revision.id }, { frozenAt: now, releaseDate, publishDate });
    }
    await tx.manager.update(
      Downloadable,
      { id: row.id },
      {
        status: isRevisionPublish(row) ? row.status : 'PUBLISHED',
        publishWhenReady: false,
        publishAt: null,
        scheduleFailure: null,
        liveRevisionId: revision.id,
        draftRevisionId: null,
        publishedAt: row.publishedAt ?? now,
        everPublishedAt: row.everPublishedAt ?? row.publishedAt ?? now,
        firstReleaseDate: row.firstReleaseDate ?? releaseDate,
        ...touched(row, now),
      },
    );
    await project(tx, row.id);
  }
}

/** Whether customers have all there is: nothing that could be published is open. */
const isServed = (row: Downloadable): boolean => isAlready(row.status, 'PUBLISH') && row.draftRevisionId === null;

/** Refuses to publish what the caller has not seen. @throws Refusal EDIT_CONFLICT, REVISION_OPENED_SINCE */
function requireSeen(actor: Actor, row: Downloadable, call: PublishCall): void {
  requireLockVersion(row, call.lockVersion ?? null);
  const isNext = row.liveRevisionId !== null && row.draftRevisionId !== null;
  if (!isNext || actor.kind !== 'TOKEN' || call.lockVersion != null || call.idempotencyKey != null) return;
  refuseWith({
    code: 'REVISION_OPENED_SINCE',
    message: `Version ${row.version} has been published, and a next revision is open: send its lockVersion, ${row.lockVersion}, or a new idempotencyKey to publish that one.`,
    field: 'lockVersion',
    params: { lockVersion: row.lockVersion, draftRevisionId: row.draftRevisionId },
  });
}

/** Whether a publish would replace the live revision and leave the status as it is. */
function isRevisionPublish(row: Downloadable): boolean {
  return checkRevisionAction(revisionFacts(row), 'PUBLISH_REVISION').ok;
}

const publishEntry = (row: Downloadable, published: Downloadable) => ({
  ...statusEntry('publish', row, { status: published.status, revisionId: published.liveRevisionId }),
  before: { status: row.status, revisionId: row.liveRevisionId },
});
