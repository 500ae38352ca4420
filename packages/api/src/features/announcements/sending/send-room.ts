import type { Database } from '../../../database/database.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import type { Announcement } from '../announcement.entity.js';

/** Mails of announcements that wait in the outbox at a time: what people ask for, a forgotten password, waits behind no more, and Stop calls no more back. */
export const AHEAD_MAX_COUNT = 100;
const MINUTE_MS = 60_000;

/** How many mails may be put into the outbox now: the throttle of the announcement, and what waits there. */
export async function readRoom(database: Database, announcement: Announcement): Promise<number> {
  const [row] = await database.query<{ total: number | string }>(
    `SELECT COUNT(*) AS total FROM mail WHERE state = 'QUEUED' AND kind IN ('ANNOUNCEMENT', 'RECALL')`,
  );
  const ahead = AHEAD_MAX_COUNT - Number(row?.total ?? 0);
  const { perMinute } = announcement;
  const ofMinute = perMinute === null ? ahead : perMinute - countOfMinute(announcement, await databaseNow(database));
  return Math.max(0, Math.min(ahead, ofMinute));
}

function countOfMinute({ minuteFrom, minuteCount }: Announcement, now: Date): number {
  return minuteFrom !== null && now.getTime() - minuteFrom.getTime() < MINUTE_MS ? minuteCount : 0;
}

/** Counts mails in their minute. */
export function settleMinute(announcement: Announcement, now: Date, count: number): Pick<Announcement, 'minuteFrom' | 'minuteCount'> {
  const before = countOfMinute(announcement, now);
  return { minuteFrom: before === 0 ? now : announcement.minuteFrom, minuteCount: before + count };
}
