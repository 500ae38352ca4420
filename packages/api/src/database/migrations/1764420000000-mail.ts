import type { QueryRunner } from 'typeorm';
import { code, createTable, id, instant, int, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** The outbox: every mail, what became of it, and what the server said. */
export class Mail1764420000000 implements Migration {
  readonly name = 'Mail1764420000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'mail', {
      columns: {
        id,
        kind: code(24),
        dedupe_key: code(120),
        state: code(16),
        to_address: text(320),
        to_name: text(200),
        user_id: nullable(id),
        subject: text(500),
        text: longText,
        html: longText,
        link: nullable(text(2_000)),
        created_at: instant,
        attempts: int,
        settled_at: nullable(instant),
        message_id: code(120),
        answer: nullable(text(500)),
        problem: nullable(text(500)),
      },
      primary: ['id'],
      indexes: {
        ix_mail_state: ['state', 'id'],
        ix_mail_address: ['to_address', 'id'],
        ix_mail_kind: ['kind', 'id'],
        ix_mail_user: ['user_id', 'id'],
        ix_mail_settled: ['settled_at', 'id'],
      },
      uniques: { ux_mail_dedupe: ['dedupe_key'] },
    });
  }
}
