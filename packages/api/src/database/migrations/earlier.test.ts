import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database.js';
import { driftOf, fillCustomers, UNMIGRATED_PLACES, type UnmigratedPlace } from '../../testing/unmigrated.js';
import { Initial1764288000000 } from './1764288000000-initial.js';
import { EARLIER } from './earlier.js';
import { migrations } from './index.js';

/** Makes the database say that it was migrated one by one. */
async function noteMigrations(database: Database, names: readonly string[]): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.execute('DELETE FROM migrations');
    for (const name of names) await tx.execute('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [Number(name.slice(-13)), name]);
  });
}

const notedIn = async (database: Database): Promise<string[]> =>
  (await database.query<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp')).map(({ name }) => name);

describe.each(UNMIGRATED_PLACES.filter(({ isAvailable }) => isAvailable))('the migrations before the initial one on $name', ({ make }) => {
  let place: UnmigratedPlace;
  let database: Database;
  let names: readonly string[];
  beforeEach(async () => {
    place = await make();
    database = await place.open([Initial1764288000000]);
    names = await fillCustomers(database, 40);
  });
  afterEach(() => place.drop());

  it('a filled database that has all of them goes on as one that has the initial one, again and again', async () => {
    await noteMigrations(database, EARLIER.names);
    for (let start = 0; start < 2; start += 1) {
      const again = await place.open();
      expect(await notedIn(again)).toEqual([...EARLIER.names, ...migrations.map((Step) => new Step().name)]);
      expect(await driftOf(again)).toEqual([]);
      const kept = await again.query<{ name: string }>('SELECT name FROM customer ORDER BY id');
      expect(kept.map(({ name }) => name)).toEqual(names);
    }
  });

  it.each([1, 3, 16])('one that lacks %i of them is refused with the commit to start first, and stays as it is', async (count) => {
    const had = EARLIER.names.slice(0, -count);
    await noteMigrations(database, had);
    const variable = database.dialect === 'mysql' ? 'DATABASE_URL' : 'DATA_DIR';
    await expect(place.open()).rejects.toThrow(
      `${variable}: this database lacks ${count} of the 17 migrations that this version takes for granted; start Slipway at commit ${EARLIER.commit} on it once`,
    );
    expect(await notedIn(database)).toEqual(had);
  });
});
