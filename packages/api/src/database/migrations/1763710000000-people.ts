import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, addIndexes, createTable, id, text } from '../ddl.js';

/** Customers that are read at a time while their words are written. */
const BATCH = 500;

interface CustomerRow {
  readonly id: string;
  readonly name: string;
  readonly email_key: string;
  readonly company: string | null;
}

/** Customers and licenses can be searched, filtered and paged along indexes; a license says why it was stopped. */
export class People1763710000000 implements MigrationInterface {
  readonly name = 'People1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_term', {
      columns: { term: text(80), customer_id: id },
      primary: ['term', 'customer_id'],
      indexes: { ix_customer_term_customer: ['customer_id', 'term'] },
      references: { customer_id: 'customer' },
    });
    await addColumns(runner, 'license', { status_reason: text(200) });
    await addIndexes(runner, 'license', {
      ix_license_customer: ['customer_id', 'id'],
      ix_license_status: ['status', 'id'],
      ix_license_product_status: ['product_id', 'status', 'id'],
      ix_license_expires: ['expires_at', 'id'],
      ix_license_status_expires: ['status', 'expires_at', 'id'],
      ix_license_product_expires: ['product_id', 'expires_at', 'id'],
      ix_license_product_status_expires: ['product_id', 'status', 'expires_at', 'id'],
      ix_license_key_hint: ['key_hint', 'id'],
    });
    await addIndexes(runner, 'user_account', { ix_user_account_role: ['role', 'email_key'] });
    await writeTerms(runner);
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: the reasons of stopped licenses would be lost. Restore a backup instead.');
  }
}

async function writeTerms(runner: QueryRunner): Promise<void> {
  let last = '';
  for (;;) {
    const rows: CustomerRow[] = await runner.query(
      `SELECT id, name, email_key, company FROM customer WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
      [last],
    );
    for (const row of rows) {
      for (const term of termsOf(row)) await runner.query('INSERT INTO customer_term (term, customer_id) VALUES (?, ?)', [term, row.id]);
    }
    const next = rows.at(-1)?.id;
    if (next === undefined || rows.length < BATCH) return;
    last = next;
  }
}

/** As `customer-terms.ts` had it when this was written; a migration does not change with the program. */
function termsOf({ name, email_key, company }: CustomerRow): Set<string> {
  const folded = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded(`${name} ${company ?? ''} ${email_key}`).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set([folded(email_key), ...words].map((word) => [...word].slice(0, 80).join('')));
}
