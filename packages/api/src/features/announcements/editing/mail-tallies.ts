import type { Database } from '../../../database/database.js';
import type { MailState } from '../../../machinery/mail/mail.entity.js';
import type { MailTally } from './announcement.schema.js';

/** Counts the mails of announcements by what became of them. */
export class MailTallies {
  constructor(private readonly database: Database) {}

  async of(announcementId: string): Promise<readonly MailTally[]> {
    const rows = await this.database.query<{ state: MailState; total: number | string }>(
      `SELECT m.state AS state, COUNT(*) AS total FROM announcement_recipient r JOIN mail m ON m.id = r.mail_id
       WHERE r.announcement_id = ? AND r.state = 'MAILED' GROUP BY m.state`,
      [announcementId],
    );
    return rows.map(({ state, total }) => ({ state, count: Number(total) }));
  }
}
