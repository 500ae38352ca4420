import type { AnnouncementKind } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import { actorId } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newId } from '../../../kernel/ids.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { mayUse } from '../../../kernel/policy.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { refuse, refuseWith } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { lockDownloadable } from '../../downloadables/downloadable-lock.js';
import { Announcement } from '../announcement.entity.js';
import { enqueueAnnouncement } from '../sending/announcement-row.js';
import { halt } from '../sending/call-back.js';
import type { CreateAnnouncementInput, SendAnnouncementInput, UpdateAnnouncementInput } from './announcement.inputs.js';
import { checkContent, checkSendAt, requireStep, requireTellable } from './announcement.rules.js';

export interface AnnouncementServiceUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly jobs: Pick<JobRunner, 'nudge'>;
}

/** What an announcement is before anything was done with it. */
const BLANK = {
  isToldExcluded: false,
  sendAt: null,
  startedAt: null,
  endedAt: null,
  problem: null,
  round: 0,
  judgedUntil: null,
  isAudienceComplete: false,
  judged: 0,
  waiting: 0,
  mailed: 0,
  noticeOnly: 0,
  leftOut: 0,
  minuteFrom: null,
  minuteCount: 0,
} as const;

/** Writes announcements and recalls, sends and stops them. Whoever publishes a release tells of it. */
export class AnnouncementService {
  constructor(private readonly use: AnnouncementServiceUse) {}

  /** The announcement, or null when it is missing or not for this viewer. */
  async find({ actor }: RequestContext, id: string): Promise<Announcement | null> {
    const row = await this.use.database.read.findOneBy(Announcement, { id });
    return row && mayUse(actor, 'release:publish', row.productId) ? row : null;
  }

  async create(context: RequestContext, kind: AnnouncementKind, input: CreateAnnouncementInput): Promise<Announcement> {
    const { idempotencyKey, ...rest } = input;
    const content = contentOf(input);
    checkContent(kind, content);
    return this.use.database.transaction(async (tx) => {
      const operation = kind === 'RECALL' ? 'createRecall' : 'createAnnouncement';
      const call = { operation, key: idempotencyKey, input: rest, made: { entity: Announcement, noun: 'announcement' } };
      const { id } = await this.use.idempotency.once(tx, context, call, async () => {
        const release = await lockDownloadable(tx, context, { id: input.downloadableId, scope: 'release:publish' });
        if (kind === 'RECALL') requireTellable(kind, release, null);
        await requireRoomFor(tx, release);
        const row = newAnnouncement(context, { kind, content, release, now: this.use.clock.now() });
        await tx.manager.insert(Announcement, row);
        await this.#record(tx, context, ['create', row]);
        return row.id;
      });
      return this.#own(tx, context, id);
    });
  }

  async update(context: RequestContext, { id, ...changes }: UpdateAnnouncementInput): Promise<Announcement> {
    return this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, id);
      requireStep(before.state, 'EDIT');
      const given = Object.fromEntries(
        Object.entries(changes).filter(([name, value]) => value !== undefined && (value !== null || isOptional(name))),
      );
      const content = contentOf({ ...before, ...given });
      checkContent(before.kind, content);
      await tx.manager.update(Announcement, { id }, content);
      await this.#record(tx, context, ['update', { ...before, ...content }]);
      return { ...before, ...content };
    });
  }

  /** Sends it now or at a time, or goes on with one that was stopped. @throws Refusal ALREADY_ANNOUNCED when people were told before, and nobody said what becomes of them */
  async send(context: RequestContext, { id, sendAt = null, excludeAlreadyTold = null }: SendAnnouncementInput): Promise<Announcement> {
    const sent = await this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, id);
      requireStep(before.state, 'SEND');
      checkSendAt(sendAt, this.use.clock.now());
      const release = await tx.manager.findOneBy(Downloadable, { id: before.downloadableId });
      if (!release) refuse('RELEASE_NOT_PUBLISHED', `Version ${before.version} was deleted: there is nothing to tell of.`, 'id');
      requireTellable(before.kind, release, sendAt);
      if (excludeAlreadyTold === null && before.startedAt === null) await requireFirst(tx, before);
      // Nobody was told yet, and nobody is told twice who is told by another one before this one begins.
      const isToldExcluded = excludeAlreadyTold ?? (before.startedAt === null || before.isToldExcluded);
      const after = await this.#begin(tx, { ...before, isToldExcluded }, sendAt);
      await this.#record(tx, context, ['send', after]);
      return after;
    });
    this.use.jobs.nudge();
    return sent;
  }

  async #begin(tx: Transaction, before: Announcement, sendAt: Date | null): Promise<Announcement> {
    const now = await databaseNow(tx);
    const going = before.isAudienceComplete ? 'SENDING' : 'PREPARING';
    const change = {
      state: sendAt === null ? going : 'SCHEDULED',
      sendAt,
      isToldExcluded: before.isToldExcluded,
      startedAt: sendAt === null ? (before.startedAt ?? now) : before.startedAt,
      endedAt: null,
      problem: null,
      round: before.round + 1,
    } as const;
    await tx.manager.update(Announcement, { id: before.id }, change);
    // The clocks of the program and of the database may differ: what is due at once is due by the database's.
    await enqueueAnnouncement(tx, { announcementId: before.id, round: change.round, step: 0 }, sendAt ?? now);
    return { ...before, ...change };
  }

  /** From here on no mail of it is put into the outbox, and those that wait there are called back. */
  async stop(context: RequestContext, id: string): Promise<Announcement> {
    return this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, id);
      requireStep(before.state, 'STOP');
      const isScheduled = before.state === 'SCHEDULED' && before.startedAt === null;
      const change = isScheduled ? await unschedule(tx, before) : await halt(tx, before, null);
      await this.#record(tx, context, ['stop', { ...before, ...change }]);
      return { ...before, ...change };
    });
  }

  async #lock(tx: Transaction, { actor }: RequestContext, id: string): Promise<Announcement> {
    const row = await tx.lock(Announcement, { id });
    if (!row || !mayUse(actor, 'release:publish', row.productId)) throw notFound('announcement');
    return row;
  }

  /** What a request made, or made before: whoever repeats it may have lost the product since. */
  async #own(tx: Transaction, { actor }: RequestContext, id: string): Promise<Announcement> {
    const row = await tx.manager.findOneByOrFail(Announcement, { id });
    if (!mayUse(actor, 'release:publish', row.productId)) throw notFound('announcement');
    return row;
  }

  /** In the history of the release. */
  async #record(
    tx: Transaction,
    context: RequestContext,
    [verb, row]: readonly ['create' | 'update' | 'send' | 'stop', Announcement],
  ): Promise<void> {
    const { id, kind, subject, perMinute, sendAt, isToldExcluded } = row;
    const told = { announcementId: id, kind, subject };
    await this.use.audit.record(tx, context, {
      action: `announcement.${verb}`,
      subjectType: 'downloadable',
      subjectId: row.downloadableId,
      after: verb === 'send' ? { ...told, perMinute, sendAt, isToldExcluded } : told,
    });
  }
}

/** One that nobody was told of yet is a draft again. */
async function unschedule(tx: Transaction, { id, round }: Announcement) {
  const change = { state: 'DRAFT', sendAt: null, round: round + 1 } as const;
  await tx.manager.update(Announcement, { id }, change);
  return change;
}

const isOptional = (name: string): boolean => ['secondSubject', 'secondBody', 'perMinute'].includes(name);

const contentOf = ({ subject, body, secondSubject = null, secondBody = null, perMinute = null }: ContentInput) => ({
  subject: subject.trim(),
  body,
  secondSubject: secondSubject?.trim() ?? null,
  secondBody,
  perMinute,
});

type ContentInput = Pick<CreateAnnouncementInput, 'subject' | 'body' | 'secondSubject' | 'secondBody' | 'perMinute'>;

interface NewAnnouncement {
  readonly kind: AnnouncementKind;
  readonly content: ReturnType<typeof contentOf>;
  readonly release: Downloadable;
  readonly now: Date;
}

function newAnnouncement({ actor }: RequestContext, { kind, content, release, now }: NewAnnouncement): Announcement {
  const { id: downloadableId, productId, version } = release;
  const createdBy = { createdByKind: actor.kind, createdBy: actorId(actor), createdAt: now };
  return { id: newId(), kind, downloadableId, productId, version, state: 'DRAFT', ...content, ...createdBy, ...BLANK };
}

async function requireRoomFor(tx: Transaction, { id }: Downloadable): Promise<void> {
  const present = await tx.manager.countBy(Announcement, { downloadableId: id });
  requireRoom(LIMITS.announcementsPerRelease, present, { who: 'This release has', advice: 'edit one of them', field: 'downloadableId' });
}

async function requireFirst(tx: Transaction, { id, downloadableId, kind, version }: Announcement): Promise<void> {
  const [row] = await tx.query<{ told: number | string | null }>(
    `SELECT SUM(mailed + notice_only + waiting) AS told FROM announcement WHERE downloadable_id = ? AND kind = ? AND id <> ? AND round > 0`,
    [downloadableId, kind, id],
  );
  const count = Number(row?.told ?? 0);
  if (count === 0) return;
  const people = count === 1 ? '1 person was' : `${count.toLocaleString('en')} people were`;
  const message = `${people} told of version ${version} before: choose whether they are told again.`;
  refuseWith({ code: 'ALREADY_ANNOUNCED', message, field: 'excludeAlreadyTold', params: { count } });
}
