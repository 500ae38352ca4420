import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { People1763710000000 } from './1763710000000-people.js';

const INDEXES: Readonly<Record<string, readonly string[]>> = {
  license: ['customer', 'status', 'product_status', 'expires', 'status_expires', 'product_expires', 'product_status_expires', 'key_hint'],
  user_account: ['role'],
};

/** Takes the schema back to what an installation of the first release has. */
async function takeBack({ writer, dialect }: TestDatabase['database']): Promise<void> {
  await writer.query('DROP TABLE customer_term');
  for (const [table, names] of Object.entries(INDEXES))
    for (const name of names) await writer.query(`DROP INDEX ix_${table}_${name}${dialect === 'mysql' ? ` ON ${table}` : ''}`);
  await writer.query('ALTER TABLE license DROP COLUMN status_reason');
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('the migration for people on $name', ({ create }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await create(1);
  });
  afterAll(() => test.drop());

  it('makes the customers of an older installation searchable, as if they were made today', async () => {
    const { database } = test;
    await takeBack(database);
    const customers = Array.from({ length: 1_203 }, (_, index) => ({
      id: newId(),
      name: `Zoë O'Brien ${index}`,
      company: index % 2 === 0 ? 'Müller & Söhne' : null,
      emailKey: `zoe.${index}@north-star.example`,
    }));
    await database.transaction(async (tx) => {
      for (const { id, name, company, emailKey } of customers)
        await tx.execute(
          `INSERT INTO customer (id, name, company, email, email_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?, '2026-01-01', '2026-01-01')`,
          [id, name, company, emailKey, emailKey],
        );
    });
    const runner = database.writer.createQueryRunner();
    await new People1763710000000().up(runner);
    await runner.release();
    const rows = await database.query<{ term: string; customer_id: string }>('SELECT term, customer_id FROM customer_term');
    const written = new Set(rows.map((row) => `${row.customer_id} ${row.term}`));
    expect(written).toEqual(new Set(customers.flatMap((customer) => termsThen(customer).map((term) => `${customer.id} ${term}`))));
    const drift = await database.writer.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });
});

/** The words that were kept when the migration was written; a later one has them written again. */
function termsThen({ name, company, emailKey }: { name: string; company: string | null; emailKey: string }): string[] {
  const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [fold(emailKey), ...(fold(`${name} ${company ?? ''} ${emailKey}`).match(/[\p{L}\p{N}]+/gu) ?? [])];
}
