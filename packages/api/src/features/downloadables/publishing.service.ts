import { checkPublishAt, checkRevisionAction, isOnlyVerifying } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { refuse } from '../../kernel/refusal.js';
import type { Audit } from '../audit/audit.service.js';
import { enqueueJob } from '../jobs/job-queue.js';
import type { SettingsService } from '../settings/settings.service.js';
import { Downloadable } from './downloadable.entity.js';
import { releaseDateAt } from './downloadable.rules.js';
import { lockDownloadable } from './downloadable-lock.js';
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
import { project } from './projection.js';
import { Revision } from './revision.entity.js';

export const PUBLISH_JOB = 'downloadable.publish';

/** Longest text kept of why a scheduled publish failed. */
const FAILURE_MAX_LENGTH = 500;

/** Publishes: at once, when the last file is READY, or at a set time. */
export class PublishingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Publishes and freezes the draft (of a new release, or the next revision of one), or serves the frozen revision again.
   * While files are still being verified it is remembered instead, and happens when the last one is READY.
   * @param check what the caller asks of the row besides, while it is locked
   */
  async publish(context: RequestContext, id: string, check: (row: Downloadable) => void = () => undefined): Promise<Downloadable> {
    const { timeZone } = await this.settings.read();
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      check(row);
      if (!isRevisionPublish(row)) requireTransition(row, 'PUBLISH');
      if (isOnlyVerifying(await listFilesToPublish(tx, row))) return this.#publishLater(tx, context, row);
      await requirePublishable(tx, row);
      await this.#publishNow(tx, row, timeZone);
      const published = await reread(tx, row);
      await this.audit.record(tx, context, publishEntry(row, published));
      return published;
    });
  }

  /** Has a draft published at a set time. Its content is locked until then; its files are checked now and again when due. */
  async schedule(context: RequestContext, id: string, publishAt: Date): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
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
      return reread(tx, row);
    });
  }

  async cancelSchedule(context: RequestContext, id: string): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
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

  async #publishLater(tx: Transaction, context: RequestContext, row: Downloadable): Promise<Downloadable> {
    await tx.manager.update(Downloadable, { id: row.id }, { publishWhenReady: true, ...touched(row, this.clock.now()) });
    await this.audit.record(tx, context, statusEntry('publishWhenReady', row, { status: row.status }));
    return reread(tx, row);
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
    if (revision.frozenAt === null) await tx.manager.update(Revision, { id: revision.id }, { frozenAt: now, releaseDate });
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
        firstReleaseDate: row.firstReleaseDate ?? releaseDate,
        ...touched(row, now),
      },
    );
    await project(tx, row.id);
  }
}

/** Whether a publish would replace the live revision and leave the status as it is. */
function isRevisionPublish(row: Downloadable): boolean {
  return checkRevisionAction(revisionFacts(row), 'PUBLISH_REVISION').ok;
}

const publishEntry = (row: Downloadable, published: Downloadable) => ({
  ...statusEntry('publish', row, { status: published.status, revisionId: published.liveRevisionId }),
  before: { status: row.status, revisionId: row.liveRevisionId },
});
