import type { Transaction } from '../../../database/transaction.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import { Announcement } from '../announcement.entity.js';
import { AHEAD_MAX_COUNT } from './send-room.js';

/** Its mails in the outbox that no attempt was made with. */
const QUEUED = `state = 'QUEUED' AND attempts = 0 AND dedupe_key LIKE ?`;
const keysOf = (announcementId: string): string => `announcement:${announcementId}:%`;

/** Whether a mail of an announcement waits in the outbox for its first attempt: it can be called back still. */
export async function hasQueued(tx: Transaction, announcementId: string): Promise<boolean> {
  return (await tx.query(`SELECT id FROM mail WHERE ${QUEUED} LIMIT 1`, [keysOf(announcementId)])).length > 0;
}

/** Takes the mails of an announcement out of the outbox that no attempt was made with; their people wait again. @returns how many */
async function callBackQueued(tx: Transaction, announcementId: string): Promise<number> {
  const mails = await tx.query<{ id: string; dedupe_key: string }>(`SELECT id, dedupe_key FROM mail WHERE ${QUEUED} LIMIT ?`, [
    keysOf(announcementId),
    2 * AHEAD_MAX_COUNT,
  ]);
  let count = 0;
  for (const { id, dedupe_key: key } of mails) {
    // A mail that is begun just now stays: whoever begins it changes the same row.
    const isTaken = (await tx.execute(`DELETE FROM mail WHERE id = ? AND state = 'QUEUED' AND attempts = 0`, [id])) === 1;
    if (!isTaken) continue;
    await tx.execute(
      `UPDATE announcement_recipient SET state = 'WAITING', mail_id = NULL, told_at = NULL WHERE announcement_id = ? AND address_hash = ?`,
      [announcementId, key.split(':')[2] ?? ''],
    );
    count += 1;
  }
  return count;
}

/** Puts an end to one that goes out: what waits in the outbox is called back, and work that was asked for is void. @returns what changed */
export async function halt(tx: Transaction, before: Announcement, problem: string | null) {
  const calledBack = await callBackQueued(tx, before.id);
  const change = {
    state: 'STOPPED',
    sendAt: null,
    endedAt: await databaseNow(tx),
    problem,
    round: before.round + 1,
    mailed: before.mailed - calledBack,
    waiting: before.waiting + calledBack,
  } as const;
  await tx.manager.update(Announcement, { id: before.id }, change);
  return change;
}
