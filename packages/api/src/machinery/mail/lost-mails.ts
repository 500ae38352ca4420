import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { databaseNow } from '../jobs/job-queue.js';
import { IN_FLIGHT } from './mail.job.js';

/** Longer than any attempt may take. */
const LOST_AFTER_MS = 10 * 60_000;

/** Mails whose attempt nobody ended, because the process that made it is gone: nobody knows whether they arrived. */
export class LostMails {
  constructor(private readonly database: Database) {}

  async forget(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = toSqlInstant(new Date((await databaseNow(tx)).getTime() - LOST_AFTER_MS));
      await tx.execute(`UPDATE mail SET state = 'UNKNOWN', problem = ? WHERE state = 'SENDING' AND settled_at < ?`, [IN_FLIGHT, before]);
    });
  }
}
