/**
 * How the next migration is written and tested. Its file is `<timestamp>-<what>.ts` beside this one, its class is added to
 * `index.ts`, its columns to the entities. Its test opens a database by what came before, fills it, opens it again by all, and
 * looks at three things: what was there is kept, what is new is filled, and the tables are what the entities say.
 */
import type { QueryRunner } from 'typeorm';
import { afterEach, describe, expect, it } from 'vitest';
import { driftOf, fillCustomers, UNMIGRATED_PLACES, type UnmigratedPlace } from '../../testing/unmigrated.js';
import { addColumns, addIndexes, text } from '../ddl.js';
import { migrations } from './index.js';
import type { Migration } from './migration.js';

/** Rows that one statement changes: a big table is not locked as a whole. */
const BATCH = 100;

/** An example: every customer gets initials, by which lists could sort. New columns may be null, so that older replicas go on. */
class CustomerInitials2000000000000 implements Migration {
  readonly name = 'CustomerInitials2000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'customer', { initials: text(8) });
    await addIndexes(runner, 'customer', { ix_customer_initials: ['initials', 'id'] });
    for (let last = ''; ;) {
      const rows: { id: string; name: string }[] = await runner.query(
        `SELECT id, name FROM customer WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
        [last],
      );
      for (const { id, name } of rows) await runner.query('UPDATE customer SET initials = ? WHERE id = ?', [initialsOf(name), id]);
      const end = rows.at(-1);
      if (!end || rows.length < BATCH) return;
      last = end.id;
    }
  }
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .join('')
    .slice(0, 8);

describe.each(UNMIGRATED_PLACES.filter(({ isAvailable }) => isAvailable))('the next migration on $name', ({ make }) => {
  let place: UnmigratedPlace;
  afterEach(() => place.drop());

  it('keeps what is there, fills what is new, and leaves the tables as the entities say', async () => {
    place = await make();
    const names = await fillCustomers(await place.open(migrations), 303);
    const database = await place.open([...migrations, CustomerInitials2000000000000]);
    const rows = await database.query<{ name: string; initials: string }>('SELECT name, initials FROM customer ORDER BY id');
    expect(rows.map(({ name, initials }) => [name, initials])).toEqual(names.map((name) => [name, initialsOf(name)]));
    // A real one is defined by the entities, and this is empty. Here they know no initials, and that is all that they miss.
    const drift = await driftOf(database);
    expect(drift.length).toBeGreaterThan(0);
    for (const query of drift) expect(query).toMatch(/initials|customer/);
  });
});
