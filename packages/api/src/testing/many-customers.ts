import { toSqlInstant } from '../database/instants.js';
import type { Database } from '../database/database.js';
import { newId } from '../kernel/ids.js';

/** Rows that go into one statement. */
const ROWS_AT_ONCE = 100;

/** Makes customers by SQL, each with a license of a product. @returns their addresses */
export async function insertManyCustomers(
  database: Database,
  productId: string,
  { count, emailOf }: { readonly count: number; readonly emailOf: (index: number) => string },
): Promise<readonly string[]> {
  const at = toSqlInstant(new Date());
  const people = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    licenseId: newId(),
    email: emailOf(index),
    name: `Customer ${index}`,
  }));
  for (let start = 0; start < people.length; start += ROWS_AT_ONCE) {
    const some = people.slice(start, start + ROWS_AT_ONCE);
    await database.transaction(async (tx) => {
      await tx.execute(
        `INSERT INTO customer (id, name, email, email_key, created_at, updated_at) VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
        some.flatMap(({ id, name, email }) => [id, name, email, email, at, at]),
      );
      await tx.execute(
        `INSERT INTO license (id, customer_id, product_id, key_hash, key_sealed, key_version, key_hint, status, expiry_policy, channels, platforms, downloads_used, created_at, updated_at)
         VALUES ${some.map(() => `(?, ?, ?, ?, '', 1, 'HINT', 'ACTIVE', 'REVOKE', '', '', 0, ?, ?)`).join(', ')}`,
        some.flatMap(({ id, licenseId }) => [licenseId, id, productId, licenseId, at, at]),
      );
    });
  }
  return people.map(({ email }) => email);
}
