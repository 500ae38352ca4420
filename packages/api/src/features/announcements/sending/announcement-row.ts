import type { Transaction } from '../../../database/transaction.js';
import { enqueueJob, databaseNow } from '../../../machinery/jobs/job-queue.js';
import { Announcement } from '../announcement.entity.js';

export const ANNOUNCE_JOB = 'announcement.step';

/** What a job goes on with: void once the announcement was stopped or sent again. */
export interface AnnouncementStep {
  readonly announcementId: string;
  readonly round: number;
  readonly step: number;
}

/** Asks for the next part of the work, in the transaction of what makes it necessary. @param runAt now when absent */
export async function enqueueAnnouncement(tx: Transaction, next: AnnouncementStep, runAt?: Date): Promise<void> {
  const dedupeKey = `${ANNOUNCE_JOB}:${next.announcementId}:${next.round}:${next.step}`;
  await enqueueJob(tx, { kind: ANNOUNCE_JOB, dedupeKey, payload: next, ...(runAt ? { runAt } : {}) });
}

/** The row, locked, if its work is still the one that was asked for: of two who work on it one waits here. */
export async function lockRound(tx: Transaction, { announcementId, round }: AnnouncementStep): Promise<Announcement | null> {
  const row = await tx.lock(Announcement, { id: announcementId });
  return row?.round === round ? row : null;
}

/** Ends it. */
export async function endAnnouncement(tx: Transaction, id: string): Promise<void> {
  await tx.manager.update(Announcement, { id }, { state: 'SENT', endedAt: await databaseNow(tx) });
}
