import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.js';
import { lockHead, writeHead } from '../../machinery/audit/audit-head.js';
import { AuditKeys } from '../../machinery/audit/audit-keys.js';
import { TEST_SECRETS } from '../../testing/test-secrets.js';
import { sealAll, verifyAll } from '../../testing/promises/audit-world.js';
import { driftOf, UNMIGRATED_PLACES, type UnmigratedPlace } from '../../testing/unmigrated.js';
import type { Database } from '../database.js';
import { Initial1764288000000 } from './1764288000000-initial.js';

/** Events as an older Slipway wrote them: whole objects, with what identifies a person in them. */
async function fillEvents(database: Database, count: number, firstAt = 0): Promise<void> {
  await database.transaction(async (tx) => {
    for (let index = firstAt; index < firstAt + count; index += 1) {
      const before = {
        id: `C${index}`,
        name: `Zoë ${index}`,
        email: `zoe.${index}@north.example`,
        emailKey: `zoe.${index}@north.example`,
        company: null,
      };
      const after = { ...before, name: `Zoë O'Brien ${index}`, updatedAt: '2026-01-01T00:00:00.000Z' };
      await tx.execute(
        `INSERT INTO audit_event (id, at, actor_kind, actor_id, action, subject_type, subject_id, before_json, after_json, address, request_id)
         VALUES (?, '2026-01-01 10:00:00.000', 'USER', 'U1', 'customer.update', 'customer', ?, ?, ?, '203.0.113.7', 'r')`,
        [newId(), `C${index}`, JSON.stringify(before), JSON.stringify(after)],
      );
    }
  });
}

describe.each(UNMIGRATED_PLACES.filter(({ isAvailable }) => isAvailable))('the audit trail of an older Slipway on $name', ({ make }) => {
  let place: UnmigratedPlace;
  afterEach(() => place.drop());

  it('is split and sealed after the migration, and so is what an older replica still writes; the tables are as the entities say', async () => {
    place = await make();
    await fillEvents(await place.open([Initial1764288000000]), 450);
    const database = await place.open();
    expect(await driftOf(database)).toEqual([]);
    expect(await sealAll(database)).toBe(450);
    await fillEvents(database, 3, 450);
    expect(await sealAll(database)).toBe(3);
    expect(await verifyAll(database)).toMatchObject({ checked: 453, unsealed: 0, faults: [] });
    const rows = await database.query<Record<string, unknown>>('SELECT * FROM audit_event ORDER BY sequence');
    expect(JSON.stringify(rows)).not.toMatch(/Zoë|north\.example|203\.0\.113\.7/);
    expect(rows[0]).toMatchObject({ before_json: '{}', after_json: '{}', sequence: 1 });
    const personal = await database.query<{ place: string; owner_id: string; value: string }>(
      'SELECT place, owner_id, value FROM audit_personal WHERE event_id = ? ORDER BY place',
      [String(rows[452]?.['id'])],
    );
    expect(personal).toMatchObject([
      { place: 'address', owner_id: 'U1', value: '203.0.113.7' },
      { place: 'after.name', owner_id: 'C452', value: "Zoë O'Brien 452" },
      { place: 'before.name', owner_id: 'C452', value: 'Zoë 452' },
    ]);
  });

  it('takes nothing without a stamp any more when a day has gone: that no older Slipway wrote', async () => {
    place = await make();
    await fillEvents(await place.open([Initial1764288000000]), 2);
    const database = await place.open();
    await sealAll(database);
    const keys = new AuditKeys(TEST_SECRETS);
    await database.transaction(async (tx) => writeHead(tx, keys, { ...(await lockHead(tx, keys)), legacyUntil: new Date(0) }));
    await fillEvents(database, 1, 2);
    expect((await verifyAll(database)).faults).toMatchObject([{ kind: 'INSERTED', sequence: null }]);
    await sealAll(database);
    expect((await verifyAll(database)).faults).toMatchObject([{ kind: 'INSERTED', sequence: 3 }]);
  });
});
