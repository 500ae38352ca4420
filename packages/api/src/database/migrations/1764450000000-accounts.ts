import type { QueryRunner } from 'typeorm';
import { addColumns, code, createTable, id, instant, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Customers have people with roles, who are invited and sign in by links that are mailed and work once. */
export class Accounts1764450000000 implements Migration {
  readonly name = 'Accounts1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'one_time_link', {
      columns: {
        id,
        purpose: code(16),
        token_hash: code(64),
        user_id: nullable(id),
        customer_id: nullable(id),
        address: text(254),
        address_key: text(508),
        name: text(100),
        role: nullable(code(16)),
        member_role: nullable(code(16)),
        product_ids: nullable(longText),
        mail_id: nullable(id),
        created_by_kind: code(24),
        created_by: nullable(id),
        created_at: instant,
        expires_at: instant,
        asked_at: nullable(instant),
        used_at: nullable(instant),
        revoked_at: nullable(instant),
      },
      primary: ['id'],
      indexes: {
        ix_one_time_link_customer: ['customer_id', 'purpose', 'id'],
        ix_one_time_link_user: ['user_id', 'purpose'],
        ix_one_time_link_address: ['address_key', 'purpose'],
        ix_one_time_link_purpose: ['purpose', 'customer_id', 'id'],
        ix_one_time_link_expires: ['expires_at'],
      },
      uniques: { ux_one_time_link_token: ['token_hash'] },
    });
    await addColumns(runner, 'user_account', { member_role: code(16), signed_in_at: instant });
    await addColumns(runner, 'session', { device: text(100) });
    await addColumns(runner, 'customer', { kind: code(16) });
    // Who has several people is a company; the others are read by their company's name (`customerKindOf`).
    await runner.query(
      `UPDATE customer SET kind = 'COMPANY' WHERE id IN (SELECT customer_id FROM (SELECT customer_id FROM user_account WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING COUNT(*) > 1) AS several)`,
    );
  }
}
