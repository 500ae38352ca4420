import { isUnderway, type DownloadableStatus } from '@slipway/shared';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { Transaction } from '../../../database/transaction.js';
import { Announcement } from '../announcement.entity.js';
import { enqueueAnnouncement, lockRound, type AnnouncementStep } from './announcement-row.js';
import { halt } from './call-back.js';
import { prepareSlice, type PrepareUse } from './prepare-audience.js';
import { sendSlice, type SendUse } from './send-mails.js';
import { problemOf } from './tellable.js';

export type AnnouncementJobUse = PrepareUse & SendUse & { readonly jobs: Pick<JobRunner, 'nudge'> };

/** One job works this long, then the next one goes on. */
const SLICE_MS = 20_000;
/** When there is no room for a mail, it is looked again after this time. */
const AGAIN_MS = 1_000;

/** Goes on with an announcement: begins it at its time, works out whom it is for, puts their mails into the outbox. */
export function announcementJob(use: AnnouncementJobUse): JobHandler {
  return async (payload) => {
    const step = payload as AnnouncementStep; // written by `enqueueAnnouncement`
    const inMs = await workOn(use, step);
    use.jobs.nudge();
    return (tx) => (inMs === null ? Promise.resolve() : askAgain(tx, step, inMs));
  };
}

/** @returns in how many milliseconds to go on; null: it is over */
async function workOn(use: AnnouncementJobUse, step: AnnouncementStep): Promise<number | null> {
  const until = performance.now() + SLICE_MS;
  await use.database.transaction((tx) => beginDue(tx, step));
  while (performance.now() < until) {
    if (await isHalted(use, step)) return null;
    if (await prepareSlice(use, step)) continue;
    const outcome = await sendSlice(use, step);
    if (outcome === 'OVER') return null;
    if (outcome === 'LATER') return AGAIN_MS;
    // The lane of mails need not wait for its next look.
    use.jobs.nudge();
  }
  return 0;
}

/** What was set for a time begins, if its release is out by then. */
async function beginDue(tx: Transaction, step: AnnouncementStep): Promise<void> {
  const announcement = await lockRound(tx, step);
  if (announcement?.state !== 'SCHEDULED') return;
  const problem = problemOf(announcement.kind, await statusOf(tx, announcement));
  const startedAt = await databaseNow(tx);
  const change = problem === null ? ({ state: 'PREPARING', startedAt } as const) : ({ state: 'STOPPED', problem } as const);
  await tx.manager.update(Announcement, { id: announcement.id }, change);
}

/** A release that was deleted, withdrawn or taken back meanwhile is told to nobody else. */
async function isHalted({ database }: AnnouncementJobUse, step: AnnouncementStep): Promise<boolean> {
  const seen = await database.read.findOneBy(Announcement, { id: step.announcementId });
  if (seen && problemOf(seen.kind, await statusOf(database, seen)) === null) return false;
  await database.transaction(async (tx) => {
    const announcement = await lockRound(tx, step);
    const problem = announcement && isUnderway(announcement.state) ? problemOf(announcement.kind, await statusOf(tx, announcement)) : null;
    if (announcement && problem !== null) await halt(tx, announcement, problem);
  });
  return true;
}

async function statusOf(tx: Pick<Transaction, 'query'>, { downloadableId }: Announcement): Promise<DownloadableStatus | null> {
  const [release] = await tx.query<{ status: DownloadableStatus }>('SELECT status FROM downloadable WHERE id = ?', [downloadableId]);
  return release?.status ?? null;
}

async function askAgain(tx: Transaction, step: AnnouncementStep, inMs: number): Promise<void> {
  const runAt = new Date((await databaseNow(tx)).getTime() + inMs);
  await enqueueAnnouncement(tx, { ...step, step: step.step + 1 }, runAt);
}
