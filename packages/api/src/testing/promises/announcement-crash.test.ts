import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { writeAnnouncement } from '../announcement-world.js';
import type { Client } from '../client.js';
import { freePort } from '../free-port.js';
import { Mailboxes, refusal, type Mailbox } from '../mailbox.js';
import { makeFile, makeProduct } from '../make.js';
import { insertManyCustomers } from '../many-customers.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';

/** 1,000 recipients in `pnpm prove`. */
const PEOPLE = process.env['PROVE'] ? 1_000 : 150;
const KILLS = 3;
/** Of 20 ms each: five minutes. */
const MOST_WAITS = 15_000;
const EVERY_BAD = 20;

const mailboxes = new Mailboxes();
afterEach(() => mailboxes.closeAll());

/** Some addresses do not exist, and some mailboxes are full. */
const openMailbox = (): Promise<Mailbox> =>
  mailboxes.open({
    onRcptTo: ({ address }, _session, done) => (address.startsWith('gone-') ? done(refusal(550, 'No such mailbox')) : done()),
  });

const emailOf = (index: number): string => `${index % EVERY_BAD === 0 ? 'gone' : 'person'}-${index}@customer.example`;

interface World {
  readonly place: ServerPlace;
  readonly database: Database;
  readonly mailbox: Mailbox;
  readonly downloadableId: string;
  readonly addresses: readonly string[];
  server(): Promise<ServerProcess>;
}

async function makeWorld(make: () => Promise<ServerPlace>): Promise<World> {
  const [place, mailbox] = [await make(), await openMailbox()];
  const mail = { SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`, MAIL_FROM: 'news@aurora.example' };
  const server = async (): Promise<ServerProcess> => {
    const made = new ServerProcess(`http://127.0.0.1:${await freePort()}`, { ...place.environment, ...mail });
    await made.start();
    return made;
  };
  const first = await server();
  const admin = await signInFirstAdmin(first);
  await admin.run('updateSettings', { mailsPerMinute: 10_000 }, 'settings { lockVersion }');
  const { id: productId } = await makeProduct(admin, { name: 'Aurora' });
  const { downloadable } = await admin.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version: '1.0.0' },
    'downloadable { id }',
  );
  await makeFile({ admin }, downloadable.id);
  await admin.run('publishDownloadable', { id: downloadable.id }, 'downloadable { id }');
  await first.kill('SIGTERM');
  const database = await place.open();
  const addresses = await insertManyCustomers(database, productId, { count: PEOPLE, emailOf });
  return { place, database, mailbox, downloadableId: downloadable.id, addresses, server };
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    if (await isSo()) return;
    await delay(20);
  }
  throw new Error(`It never came to this: ${what}.`);
}

/** What a killed process had leased is due again, as it is a minute later. */
const freeLeases = (database: Database): Promise<number> =>
  database.transaction((tx) =>
    tx.execute(`UPDATE job SET lease_until = '2020-01-01 00:00:00.000' WHERE finished_at IS NULL AND lease_until IS NOT NULL`),
  );

const stateOf = async (database: Database, id: string): Promise<string> =>
  (await database.query<{ state: string }>('SELECT state FROM announcement WHERE id = ?', [id]))[0]?.state ?? '';

/** Nobody has it twice, and whoever has none is listed with the reason. */
async function checkEverybody({ database, mailbox, addresses }: World, id: string): Promise<void> {
  const received = mailbox.received.map(({ to }) => (to && 'value' in to ? (to.value[0]?.address ?? '') : ''));
  expect(new Set(received).size).toBe(received.length);
  const rows = await database.query<{ address: string; state: string; mail: string | null }>(
    `SELECT r.address AS address, r.state AS state, m.state AS mail FROM announcement_recipient r LEFT JOIN mail m ON m.id = r.mail_id WHERE r.announcement_id = ?`,
    [id],
  );
  expect(rows.map(({ address }) => address).toSorted()).toEqual(addresses.toSorted());
  const [arrived, listed] = [new Set(received), new Map(rows.map((row) => [row.address, row]))];
  for (const address of addresses) {
    const row = listed.get(address);
    if (row?.mail === 'SENT') expect(arrived.has(address), `${address} was sent`).toBe(true);
    // In flight at a kill: nobody knows, and nobody is written to again by itself.
    else
      expect([`MAILED ${address.startsWith('gone-') ? 'FAILED' : 'UNKNOWN'}`, 'MAILED UNKNOWN'], address).toContain(
        `${row?.state} ${row?.mail}`,
      );
  }
}

async function send(admin: Client, downloadableId: string): Promise<string> {
  const id = await writeAnnouncement(admin, downloadableId);
  await admin.run('sendAnnouncement', { id }, 'announcement { state }');
  return id;
}

/** Nothing is under way any more. */
const isOver = async (database: Database, id: string): Promise<boolean> => {
  const [row] = await database.query<{ total: number | string }>(`SELECT COUNT(*) AS total FROM mail WHERE state IN ('QUEUED', 'SENDING')`);
  return Number(row?.total ?? 0) === 0 && (await stateOf(database, id)) === 'SENT';
};

describe.each(SERVER_PLACES)('an announcement on $name', ({ make }) => {
  it(`to ${PEOPLE} people, killed ${KILLS} times, reaches nobody twice, and whoever got none is listed`, async () => {
    const world = await makeWorld(make);
    const { database, mailbox } = world;
    let server = await world.server();
    const id = await send(await signInFirstAdmin(server), world.downloadableId);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until('more mails arrive', () => mailbox.received.length >= (kill * PEOPLE) / (2 * KILLS));
      await server.kill('SIGKILL');
      await freeLeases(database);
      server = await world.server();
    }
    await until('it is over', () => isOver(database, id));
    await checkEverybody(world, id);
    await server.kill('SIGTERM');
    await database.close();
    await world.place.drop();
  });
});

const replicated = SERVER_PLACES.find(({ name }) => name.startsWith('MariaDB'));

describe.skipIf(replicated === undefined)('two replicas', () => {
  it('that send the same announcement at once tell everybody once', async () => {
    if (!replicated) throw new Error('No MariaDB and S3 were given to the tests.');
    const world = await makeWorld(replicated.make);
    const { database } = world;
    const servers = [await world.server(), await world.server()];
    const id = await send(await signInFirstAdmin(servers[0]!), world.downloadableId);
    await until('it is over', async () => {
      // Neither keeps its lease: both work on it at once.
      await database.transaction((tx) =>
        tx.execute(
          `UPDATE job SET lease_until = '2020-01-01 00:00:00.000' WHERE kind = 'announcement.step' AND finished_at IS NULL AND lease_until IS NOT NULL`,
        ),
      );
      return isOver(database, id);
    });
    await checkEverybody(world, id);
    for (const server of servers) await server.kill('SIGTERM');
    await database.close();
    await world.place.drop();
  });
});
