import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../database/instants.js';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/ids.js';
import { letAuditGo } from '../../machinery/audit/audit-retention.js';
import { appendEvent } from '../../machinery/audit/audit-rows.js';
import { AuditKeys } from '../../machinery/audit/audit-keys.js';
import { TEST_DIALECTS, type TestDatabase } from '../databases.js';
import { TEST_SECRETS } from '../test-secrets.js';
import { recordEvents, SABOTAGES, sealAll, verifyAll, type Victim } from './audit-world.js';

const IS_LONG = process.env['PROVE'] !== undefined;
const EVENTS = IS_LONG ? 20_000 : 450;
/** PROMISES, row 21. */
const VICTIMS = 100;

/** Events here and there, neighbours among them. Never the last: its seal is the head's as well, which has a test of its own. */
async function chooseVictims(database: Database): Promise<Victim[]> {
  const rows = await database.query<{ sequence: number; event_id: string; at: string | Date }>(
    'SELECT sequence, event_id, at FROM audit_seal ORDER BY sequence',
  );
  const all = rows.map(({ sequence, event_id: id, at }) => ({ sequence, id, at: at instanceof Date ? toSqlInstant(at) : at }));
  const chosen = new Map<number, Victim>();
  while (chosen.size < VICTIMS) {
    const victim = all[Math.floor(Math.random() * (all.length - 1))];
    if (victim) chosen.set(victim.sequence, victim);
  }
  return [...chosen.values()];
}

describe.each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))('the audit chain on $name', ({ create }) => {
  let sealed: TestDatabase;
  let test: TestDatabase;
  beforeAll(async () => {
    sealed = await create();
    await recordEvents(sealed.database, EVENTS);
    await sealAll(sealed.database);
  });
  afterAll(() => sealed.drop());
  beforeEach(async () => {
    test = await sealed.clone();
  });
  afterEach(() => test.drop());

  it('holds as long as nobody touches it, in pages of a bounded size', async () => {
    const found = await verifyAll(test.database);
    expect(found).toMatchObject({ checked: EVENTS, erased: 0, unsealed: 0, faults: [] });
    expect(found.pages).toBe(Math.ceil(EVENTS / 2_000));
  });

  it.each(SABOTAGES)('names each of 100 events with place and time when %s', async (_, kind, sabotage) => {
    const victims = await chooseVictims(test.database);
    await test.database.transaction((tx) => sabotage(tx, victims));
    await sealAll(test.database);
    const { faults } = await verifyAll(test.database);
    const sequences = (list: readonly { sequence: number | null }[]): number[] =>
      list.map(({ sequence }) => sequence ?? 0).sort((a, b) => a - b);
    expect(sequences(faults)).toEqual(sequences(victims));
    expect(new Set(faults.map((fault) => fault.kind))).toEqual(new Set([kind]));
    expect(faults.filter(({ at }) => at === null)).toEqual([]);
  });

  it('names the last event and the head when the last seal is another one', async () => {
    await test.database.transaction((tx) => tx.execute('UPDATE audit_seal SET seal = ? WHERE sequence = ?', ['another', EVENTS]));
    expect((await verifyAll(test.database)).faults.map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ['MOVED', EVENTS],
      ['HEAD', EVENTS],
    ]);
  });

  const putIn = (stamp: string | null): Promise<string[]> =>
    test.database.transaction(async (tx) => {
      const ids = Array.from({ length: VICTIMS }, () => newId());
      for (const id of ids)
        await tx.execute(
          `INSERT INTO audit_event (id, at, actor_kind, actor_id, action, subject_type, subject_id, address, request_id, stamp)
           VALUES (?, '2026-01-01 00:00:00.000', 'USER', 'somebody', 'customer.update', 'customer', ?, '', '', ?)`,
          [id, id, stamp],
        );
      return ids;
    });

  it.each([
    ['without a stamp', null, 'INSERTED'],
    ['with a stamp that is not theirs', 'f'.repeat(64), 'CHANGED'],
  ])('names each of 100 events that are put in %s, before they are sealed and after', async (_, stamp, kind) => {
    const ids = await putIn(stamp);
    const before = await verifyAll(test.database);
    expect(before.unsealed).toBe(VICTIMS);
    expect(before.faults.map((fault) => [fault.eventId, fault.sequence, fault.kind])).toEqual(ids.map((id) => [id, null, kind]));
    expect(await sealAll(test.database)).toBe(VICTIMS);
    const after = await verifyAll(test.database);
    expect(after.faults.map((fault) => [fault.eventId, fault.kind])).toEqual(ids.map((id) => [id, kind]));
    expect(after.faults.map(({ sequence }) => sequence)).toEqual(ids.map((_id, index) => EVENTS + 1 + index));
  });

  const cutOff = (count: number): Promise<void> =>
    test.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM audit_event WHERE sequence > ?', [EVENTS - count]);
      await tx.execute('DELETE FROM audit_seal WHERE sequence > ?', [EVENTS - count]);
    });

  it('names each of the last 100 events when they are cut off, also after more was done', async () => {
    await cutOff(VICTIMS);
    await recordEvents(test.database, 5);
    await sealAll(test.database);
    const { faults } = await verifyAll(test.database);
    expect(faults.map(({ sequence, kind }) => [sequence, kind])).toEqual(
      Array.from({ length: VICTIMS }, (_, index) => [EVENTS - VICTIMS + 1 + index, 'MISSING']),
    );
  });

  it('misses the end where the head was made to fit, taken away, or the chain goes past it', async () => {
    await cutOff(VICTIMS);
    await test.database.transaction((tx) =>
      tx.execute('UPDATE audit_head SET sequence = ?, seal = (SELECT seal FROM audit_seal WHERE sequence = ?)', [
        EVENTS - VICTIMS,
        EVENTS - VICTIMS,
      ]),
    );
    expect((await verifyAll(test.database)).faults.map(({ kind }) => kind)).toEqual(['HEAD']);
    await test.database.transaction((tx) => tx.execute('DELETE FROM audit_head'));
    expect((await verifyAll(test.database)).faults.map(({ kind }) => kind)).toEqual(['HEAD']);
    await recordEvents(test.database, 1);
    await expect(sealAll(test.database)).rejects.toThrow('The head of the audit chain is missing');
  });

  it('lets the oldest go when their time is over, and holds; nobody else can do that', async () => {
    const keys = new AuditKeys(TEST_SECRETS);
    const [row] = await test.database.query<{ at: string | Date }>('SELECT at FROM audit_seal WHERE sequence = 151');
    const at = row?.at instanceof Date ? row.at : new Date(`${String(row?.at).replace(' ', 'T')}Z`);
    expect(await letAuditGo(test.database, keys, { before: at, limit: 100 })).toBe(100);
    expect(await letAuditGo(test.database, keys, { before: at, limit: 100 })).toBe(50);
    expect(await letAuditGo(test.database, keys, { before: at, limit: 100 })).toBe(0);
    expect(await verifyAll(test.database)).toMatchObject({ checked: EVENTS - 150, faults: [] });
    await test.database.transaction((tx) => tx.execute('UPDATE audit_head SET base_sequence = 160'));
    expect((await verifyAll(test.database)).faults.length).toBeGreaterThan(0);
  });

  it('gives every event one place when many processes seal while others write, and those that commit late come last', async () => {
    const second = await test.reopen();
    await Promise.all([
      recordEvents(test.database, 60),
      ...Array.from({ length: 6 }, (_, index) => sealAll(index % 2 === 0 ? test.database : second)),
    ]);
    while ((await sealAll(test.database)) > 0);
    // Its ID is lower than any other: its transaction began before all others, and commits only now.
    const late = { id: '0'.repeat(26), at: new Date(0), actorKind: 'SYSTEM', actorId: 'system', address: '', requestId: '' };
    const what = { action: 'product.create', subjectType: 'product', subjectId: newId(), before: null, after: {} };
    await test.database.transaction((tx) => appendEvent(tx, { ...late, ...what }, new AuditKeys(TEST_SECRETS)));
    expect(await sealAll(second)).toBe(1);
    const places = await test.database.query<{ sequence: number }>('SELECT sequence FROM audit_event ORDER BY sequence');
    expect(places.map(({ sequence }) => sequence)).toEqual(Array.from({ length: EVENTS + 61 }, (_, index) => index + 1));
    expect(await verifyAll(test.database)).toMatchObject({ faults: [], unsealed: 0 });
    const [last] = await test.database.query<{ event_id: string }>('SELECT event_id FROM audit_seal ORDER BY sequence DESC LIMIT 1');
    expect(last?.event_id).toBe(late.id);
    await second.close();
  });
});
