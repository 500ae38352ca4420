import { describe, expect, it } from 'vitest';
import { makeProduct } from '../make.js';
import { countOf, freeLeases, startAt, until } from './killed-work.js';
import { SERVER_PLACES, signInFirstAdmin } from './places.js';

/** 20,000 lines, the most that a file has, in `pnpm prove`. */
const LINES = process.env['PROVE'] ? 20_000 : 300;
const KILLS = 3;
const TIMEOUT_MS = process.env['PROVE'] ? 1_800_000 : 300_000;

describe.each(SERVER_PLACES)('an import of licenses on $name', ({ make }) => {
  it(
    `of ${LINES} lines, killed ${KILLS} times while it runs, makes each license and customer once`,
    async () => {
      const place = await make();
      let server = await startAt(place);
      const admin = await signInFirstAdmin(server);
      const { slug } = await makeProduct(admin);
      const database = await place.open();
      const had = { licenses: await countOf(database, 'license'), customers: await countOf(database, 'customer') };
      const lines = Array.from(
        { length: LINES },
        (_, index) => `person-${index}@import.example,${slug},OWN-${String(index).padStart(8, '0')}`,
      );
      const body = ['email,product,key', ...lines].join('\n');
      const reply = await admin.fetch('/api/v1/license-imports', { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
      const { id } = (await reply.json()) as { id: string };
      await until('it is checked', async () => (await countOf(database, `license_import WHERE state = 'CHECKED'`)) === 1);
      expect(await countOf(database, 'license')).toBe(had.licenses);
      await admin.run('importLicenses', { id }, 'licenseImport { id }');
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const enough = had.licenses + (kill * LINES) / (2 * KILLS);
        await until('more are there', async () => (await countOf(database, 'license')) >= enough);
        await server.kill('SIGKILL');
        await freeLeases(database);
        server = await startAt(place);
      }
      await until('it is done', async () => (await countOf(database, `license_import WHERE state = 'DONE'`)) === 1);
      const tallies = await database.query('SELECT total, created, changed, unchanged, failed FROM license_import WHERE id = ?', [id]);
      expect(tallies).toMatchObject([{ total: LINES, created: LINES, changed: 0, unchanged: 0, failed: 0 }]);
      expect(await countOf(database, 'license')).toBe(had.licenses + LINES);
      expect(await countOf(database, 'customer')).toBe(had.customers + LINES);
      expect(await countOf(database, `audit_event WHERE action = 'license.import'`)).toBe(1);
      await server.kill('SIGTERM');
      await database.close();
      await place.drop();
    },
    TIMEOUT_MS,
  );
});
