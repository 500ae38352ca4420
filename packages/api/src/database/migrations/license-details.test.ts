import { afterEach, describe, expect, it } from 'vitest';
import { driftOf, UNMIGRATED_PLACES, type UnmigratedPlace } from '../../testing/unmigrated.js';
import { newId } from '../../kernel/ids.js';
import type { Database } from '../database.js';
import { migrations } from './index.js';

const LAST = migrations.findIndex(({ name }) => name.startsWith('LicenseDetails'));
/** Of one customer and product: never used, used with and without its log, suspended with and without its event. */
const LICENSES = [
  { used: 0, status: 'ACTIVE' },
  { used: 1, status: 'ACTIVE' },
  { used: 1, status: 'ACTIVE' },
  { used: 0, status: 'SUSPENDED' },
  { used: 0, status: 'SUSPENDED' },
];

async function fill(database: Database): Promise<readonly string[]> {
  const [productId, customerId] = [newId(), newId()];
  const run = (sql: string, parameters: readonly string[]) => database.transaction((tx) => tx.execute(sql, parameters));
  const at = `'2026-05-01 10:00:00.000'`;
  await run(
    `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, 'aurora', 'Aurora', 'aurora', 'ANY', 'LICENSED', ${at}, ${at})`,
    [productId],
  );
  await run(
    `INSERT INTO customer (id, name, email, email_key, created_at, updated_at) VALUES (?, 'A', 'a@x.example', 'a@x.example', ${at}, ${at})`,
    [customerId],
  );
  const ids = LICENSES.map(() => newId());
  for (const [index, { used, status }] of LICENSES.entries())
    await run(
      `INSERT INTO license (id, customer_id, product_id, key_hash, key_sealed, key_version, key_hint, status, expiry_policy, channels, platforms, downloads_used, created_at, updated_at)
       VALUES (?, ?, ?, ?, '', 1, 'ABCD', '${status}', 'REVOKE', 'stable', '', ${used}, ${at}, ${at})`,
      [ids[index] ?? '', customerId, productId, ids[index] ?? ''],
    );
  for (const id of ids.slice(1, 3))
    await run(`INSERT INTO license_download (license_id, asset_id, counted_at) VALUES (?, ?, '2026-05-02 10:00:00.000')`, [id, newId()]);
  await run(
    `INSERT INTO download_event (id, at, product_id, downloadable_id, asset_id, license_id, is_counted, source) VALUES (?, '2026-05-03 10:00:00.000', ?, ?, ?, ?, 1, 'API')`,
    [newId(), productId, newId(), newId(), ids[1] ?? ''],
  );
  await run(
    `INSERT INTO audit_event (id, at, actor_kind, actor_id, action, subject_type, subject_id, address, request_id)
     VALUES (?, '2026-05-04 10:00:00.000', 'SYSTEM', '', 'license.suspend', 'license', ?, '', 'r')`,
    [newId(), ids[3] ?? ''],
  );
  return ids;
}

describe.each(UNMIGRATED_PLACES.filter(({ isAvailable }) => isAvailable))('the details of licenses on $name', ({ make }) => {
  let place: UnmigratedPlace;
  afterEach(() => place.drop());

  it('know of former downloads and suspensions what was written down, and leave the tables as the entities say', async () => {
    place = await make();
    const ids = await fill(await place.open(migrations.slice(0, LAST)));
    const database = await place.open(migrations);
    const rows = await database.query<{ last_download_at: string | Date | null; status_changed_at: string | Date | null }>(
      `SELECT last_download_at, status_changed_at FROM license WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id`,
      ids,
    );
    const dayOf = (value: string | Date | null): string | null => value && new Date(value).toISOString().slice(8, 10);
    expect(rows.map((row) => [dayOf(row.last_download_at), dayOf(row.status_changed_at)])).toEqual([
      [null, null],
      ['03', null],
      ['02', null],
      [null, '04'],
      [null, null],
    ]);
    expect(await driftOf(database)).toEqual([]);
  });
});
