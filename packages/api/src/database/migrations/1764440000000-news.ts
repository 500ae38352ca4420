import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, flag, id, instant, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Who wants to hear of new releases, addresses that take no mail, and what a release says of itself in a line. */
export class News1764440000000 implements Migration {
  readonly name = 'News1764440000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'mail', { customer_id: id, downloadable_id: id, is_secret: flag, unsubscribe_url: text(1_000) });
    await addIndexes(runner, 'mail', {
      ix_mail_customer: ['customer_id', 'id'],
      ix_mail_downloadable: ['downloadable_id', 'id'],
    });
    await createTable(runner, 'news_choice', {
      columns: { address_hash: code(64), product_id: id, choice: code(16), changed_at: instant },
      primary: ['address_hash', 'product_id'],
    });
    await createTable(runner, 'refused_address', {
      columns: { address_hash: code(64), since: instant, answer: text(500) },
      primary: ['address_hash'],
    });
    await createTable(runner, 'news_feed', {
      columns: { user_id: id, token_hash: code(64), created_at: instant, last_read_at: nullable(instant) },
      primary: ['user_id'],
      uniques: { ux_news_feed_token: ['token_hash'] },
    });
    const content = { summary: text(140), is_security_fix: flag };
    await addColumns(runner, 'revision', content);
    await addColumns(runner, 'downloadable', content);
  }
}
