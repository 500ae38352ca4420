import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { GatheredInserts } from '../../database/gathered-inserts.js';
import { newId } from '../../kernel/ids.js';
import type { Client } from '../client.js';
import { TEST_DIALECTS } from '../databases.js';
import { makeLicense, makePublished } from '../make.js';
import { startAt } from './killed-work.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';

/** 60 kills in `pnpm prove`. */
const KILLS = process.env['PROVE'] ? 60 : 3;
const PROGRAMS = 16;
/** Downloads that are granted between two kills. */
const BETWEEN = 60;
const MOST_WAITS = 12_000;

/** Programs that download one file each, all day long, and remember which requests were granted. */
class Programs {
  readonly granted = new Set<string>();
  readonly asked = new Set<string>();
  #isOver = false;
  readonly #running: readonly Promise<void>[];

  constructor(clients: readonly Client[], path: string) {
    this.#running = clients.map((client) => this.#download(client, path));
  }

  async #download(client: Client, path: string): Promise<void> {
    while (!this.#isOver) {
      const id = newId();
      this.asked.add(id);
      // A server that was killed answers nothing; the program asks again.
      const response = await client.fetch(path, { headers: { 'x-request-id': id } }).catch(() => null);
      if (response?.status === 302) this.granted.add(id);
      await (response ? response.arrayBuffer() : delay(20));
    }
  }

  async untilMore(): Promise<void> {
    const enough = this.granted.size + BETWEEN;
    for (let waits = 0; waits < MOST_WAITS && this.granted.size < enough; waits += 1) await delay(5);
    if (this.granted.size < enough) throw new Error('Nothing is granted any more.');
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }
}

/** Each granted download is recorded once; one that was not answered may be, once. Of each license only the first is counted. */
async function expectEachOnce(database: Database, { granted, asked }: Programs): Promise<void> {
  const rows = await database.query<{ request_id: string; is_counted: number | boolean; license_id: string }>(
    'SELECT request_id, is_counted, license_id FROM download_event',
  );
  const recorded = rows.map((row) => row.request_id);
  expect(new Set(recorded).size, 'none twice').toBe(recorded.length);
  const known = new Set(recorded);
  expect(
    [...granted].filter((id) => !known.has(id)),
    'none lost',
  ).toEqual([]);
  expect(
    recorded.filter((id) => !asked.has(id)),
    'none made up',
  ).toEqual([]);
  const counted = rows.filter((row) => Boolean(Number(row.is_counted))).map((row) => row.license_id);
  expect(counted.toSorted()).toEqual([...new Set(rows.map((row) => row.license_id))].toSorted());
  const used = await database.query<{ used: number | string }>('SELECT SUM(downloads_used) AS used FROM license');
  expect(Number(used[0]?.used)).toBe(counted.length);
  expect(granted.size).toBeGreaterThanOrEqual(BETWEEN);
}

/** A server with a released file and customers of it. */
async function prepare(place: ServerPlace) {
  const server = await startAt({ ...place, environment: { ...place.environment, TRUSTED_PROXIES: '127.0.0.1' } });
  const admin = await signInFirstAdmin(server);
  const made = { admin, baseUrl: server.baseUrl };
  const { productId, file } = await makePublished(made);
  const clients = await Promise.all(Array.from({ length: PROGRAMS }, async () => (await makeLicense(made, { productId })).client));
  return { server, clients, path: `/d/${file.id}/${file.fileName}` };
}

describe.each(SERVER_PLACES)('downloads of 16 programs at once on $name', ({ name, make }) => {
  it(`are each recorded once when the server is killed ${KILLS} times`, async () => {
    const place = await make();
    const { server, clients, path } = await prepare(place);
    const programs = new Programs(clients, path);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await programs.untilMore();
      await server.kill('SIGKILL');
      await server.start();
    }
    await programs.untilMore();
    await programs.end();
    await server.kill('SIGTERM');
    const database = await place.open();
    await expectEachOnce(database, programs);
    await database.close();
    await place.drop();
  });

  it.runIf(name === 'MariaDB and S3')(`are each recorded once when their connections are killed ${5 * KILLS} times`, async () => {
    const place = await make();
    const { server, clients, path } = await prepare(place);
    const database = await place.open();
    const programs = new Programs(clients, path);
    await programs.untilMore();
    for (let kill = 0; kill < 5 * KILLS; kill += 1) {
      const victims = await database.query<{ id: number }>(
        `SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE 'INSERT INTO download_event%'`,
      );
      // Gone by now, mostly: then it was fast enough.
      for (const { id } of victims) await database.query(`KILL ${id}`).catch(() => undefined);
      await delay(2);
    }
    await programs.untilMore();
    await programs.end();
    await expectEachOnce(database, programs);
    await server.kill('SIGTERM');
    await database.close();
    await place.drop();
  });
});

const mariadb = TEST_DIALECTS.find(({ name, isAvailable }) => name === 'MariaDB' && isAvailable);

describe.runIf(mariadb)('records that are inserted together on MariaDB', () => {
  it('are there once after their insert was the victim of a deadlock', async () => {
    const test = await mariadb?.create();
    if (!test) throw new Error('There is no MariaDB.');
    const { database } = test;
    const columns = ['id', 'at', 'product_id', 'downloadable_id', 'asset_id', 'is_counted', 'source', 'license_id'];
    const inserts = new GatheredInserts(database, 'download_event', columns);
    const at = '2026-01-01 00:00:00.000';
    const rowOf = (license: string) => ({ ...ROW, id: newId(), at, license_id: license });
    const other = database.writer.createQueryRunner();
    for (const license of ['D', 'Y']) await inserts.add(rowOf(license));
    // Whoever has changed more rows is no victim. It holds the gap that the second row goes into, and then asks for the first.
    await other.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await other.query('BEGIN');
    for (let index = 0; index < 50; index += 1) await other.query(`INSERT INTO search_term (term) VALUES (?)`, [`heavy-${String(index)}`]);
    await other.query(`SELECT id FROM download_event ${BY_LICENSE} WHERE license_id = 'Z' FOR UPDATE`);
    const alone = rowOf('A');
    const adding = [alone, rowOf('B'), rowOf('Z'), rowOf('C')].map((row) => inserts.add(row));
    await adding[0];
    for (let waits = 0; (await waiting(database)) === 0; waits += 1) {
      if (waits > MOST_WAITS) throw new Error('The insert never waited.');
      await delay(2);
    }
    const before = await deadlocks(database);
    await other.query(`SELECT id FROM download_event ${BY_LICENSE} WHERE license_id = 'B' FOR UPDATE`);
    await other.query('ROLLBACK');
    await other.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await other.release();
    await Promise.all(adding);
    expect(await deadlocks(database)).toBeGreaterThan(before);
    const found = await database.query<{ license_id: string }>('SELECT license_id FROM download_event ORDER BY license_id');
    expect(found.map((row) => row.license_id)).toEqual(['A', 'B', 'C', 'D', 'Y', 'Z']);
    await test.drop();
  });
});

const BY_LICENSE = 'FORCE INDEX (ix_download_event_license)';
const ROW = { product_id: 'p', downloadable_id: 'd', asset_id: 'a', is_counted: false, source: 'LICENSE_KEY' };

const waiting = async (database: Database): Promise<number> =>
  (
    await database.query(
      `SELECT 1 FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
    )
  ).length;

async function deadlocks(database: Database): Promise<number> {
  const [row] = await database.query<{ Value: string }>(`SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'`);
  return Number(row?.Value);
}
