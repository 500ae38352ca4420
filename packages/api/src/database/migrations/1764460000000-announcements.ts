import type { QueryRunner } from 'typeorm';
import { addIndexes, code, createTable, flag, id, instant, int, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Announcements and recalls, whom they are for, and what became of each. */
export class Announcements1764460000000 implements Migration {
  readonly name = 'Announcements1764460000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'announcement', {
      columns: {
        id,
        kind: code(16),
        downloadable_id: id,
        product_id: id,
        version: code(100),
        state: code(16),
        subject: text(500),
        body: longText,
        second_subject: nullable(text(500)),
        second_body: nullable(longText),
        per_minute: nullable(int),
        is_told_excluded: flag,
        send_at: nullable(instant),
        created_by_kind: code(24),
        created_by: id,
        created_at: instant,
        started_at: nullable(instant),
        ended_at: nullable(instant),
        problem: nullable(text(500)),
        round: int,
        judged_until: nullable(code(60)),
        is_audience_complete: flag,
        judged: int,
        waiting: int,
        mailed: int,
        notice_only: int,
        left_out: int,
        minute_from: nullable(instant),
        minute_count: int,
      },
      primary: ['id'],
      indexes: { ix_announcement_downloadable: ['downloadable_id', 'id'], ix_announcement_product: ['product_id', 'id'] },
      references: { product_id: 'product' },
    });
    await createRecipients(runner);
    // The audience is walked customer by customer.
    await addIndexes(runner, 'license', { ix_license_product_customer: ['product_id', 'customer_id'] });
  }
}

async function createRecipients(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'announcement_recipient', {
    columns: {
      id,
      announcement_id: id,
      customer_id: id,
      license_id: nullable(id),
      user_id: nullable(id),
      address_hash: code(64),
      address: text(320),
      name: text(200),
      text: code(8),
      state: code(16),
      reason: nullable(code(32)),
      mail_id: nullable(id),
      told_at: nullable(instant),
      read_at: nullable(instant),
      acknowledged_at: nullable(instant),
      downloaded_at: nullable(instant),
      file_name: nullable(text(200)),
    },
    primary: ['id'],
    indexes: {
      ix_announcement_recipient_list: ['announcement_id', 'id'],
      ix_announcement_recipient_state: ['announcement_id', 'state', 'id'],
      ix_announcement_recipient_person: ['customer_id', 'user_id', 'id'],
    },
    uniques: { ux_announcement_recipient_address: ['announcement_id', 'address_hash'] },
    references: { announcement_id: 'announcement' },
  });
}
