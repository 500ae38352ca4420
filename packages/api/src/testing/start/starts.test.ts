import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseFault } from '../../app/start/start-faults.js';
import { underMigrationLock } from '../../database/migration-lock.js';
import { StartFault } from '../../kernel/problem/start-fault.js';
import { makeEmptyMysql, TEST_DIALECTS } from '../databases.js';
import { freePort } from '../free-port.js';
import { makeLicense, makeProduct } from '../make.js';
import { startApp } from '../promises/broken-app.js';
import { createS3Store, hasS3 } from '../stores.js';
import { makeStartEnvironment, startServing, TEST_PASSWORD, TEST_SECRET } from './start-in-process.js';

const ADMIN = { ADMIN_EMAIL: 'first@vendor.example', ADMIN_PASSWORD: TEST_PASSWORD };
const hasMariadb = TEST_DIALECTS.some(({ name, isAvailable }) => name === 'MariaDB' && isAvailable);
/** Ten in `pnpm prove`. */
const ROUNDS = process.env['PROVE'] === undefined ? 3 : 10;

let environment: Record<string, string>;
let drop: () => Promise<void>;
beforeEach(async () => {
  ({ environment, drop } = await makeStartEnvironment());
});
afterEach(() => drop());

/** One start and stop. @returns what was printed */
async function startOnce(change: Record<string, string> = {}): Promise<string> {
  const lines: string[] = [];
  const serving = await startServing({ ...environment, ...change }, (line) => lines.push(line));
  await serving.stop();
  return lines.join('\n');
}

describe('a start', () => {
  it('that finds its port in use makes nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const PORT = String((other.address() as AddressInfo).port); // it listens on TCP
    await expect(startOnce({ PORT })).rejects.toThrow(new RegExp(`^PORT: another program listens on 127\\.0\\.0\\.1, port ${PORT};`));
    expect(existsSync(environment['DATA_DIR'] ?? '')).toBe(false);
    other.close();
  });

  it('on an IPv6 address is reached at the address that it prints', async () => {
    const lines: string[] = [];
    const serving = await startServing({ ...environment, HOST: '::1' }, (line) => lines.push(line));
    const url = /Slipway is ready: (\S+)/.exec(lines.join('\n'))?.[1] ?? '';
    expect(url).toBe(`http://[::1]:${environment['PORT']}`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await serving.stop();
  });

  it('with SAMPLE_DATA=on and a first admin makes both, and later says that samples are made at the first start only', async () => {
    const first = await startOnce({ ...ADMIN, SAMPLE_DATA: 'on' });
    expect(first).toMatch(/Sign in as first@vendor\.example with the password you gave/);
    expect(first).toMatch(/publisher@slipway\.example/);
    expect(first).not.toMatch(/admin@slipway\.example/);
    expect(readFileSync(join(environment['DATA_DIR'] ?? '', 'sign-ins.txt'), 'utf8')).toMatch(/license key/);
  });

  it('with SAMPLE_DATA=on where there are accounts already says why there are no samples', async () => {
    await startOnce(ADMIN);
    expect(await startOnce({ SAMPLE_DATA: 'on' })).toMatch(/SAMPLE_DATA is on, but there are accounts already/);
  });

  it('with a folder that is no database says which file it is', async () => {
    const folder = environment['DATA_DIR'] ?? '';
    mkdirSync(folder);
    writeFileSync(join(folder, 'slipway.sqlite'), 'this is no database, and long enough to be taken for one'.repeat(40));
    const refused = startOnce();
    await expect(refused).rejects.toThrow(StartFault);
    await expect(refused).rejects.toThrow(/^DATA_DIR: the database in .* cannot be opened \(.*not a database\); put slipway\.sqlite back/);
  });
});

describe('what the operator should know of a start', () => {
  it('is told once: https without TRUSTED_PROXIES, http for others, a store that https pages cannot reach', async () => {
    expect(await startOnce({ PUBLIC_URL: 'https://downloads.example.com' })).toMatch(
      /Warning: PUBLIC_URL is https, so a proxy stands in front/,
    );
    expect(await startOnce({ PUBLIC_URL: 'https://downloads.example.com', TRUSTED_PROXIES: '10.0.0.1' })).not.toMatch(/Warning/);
    expect(await startOnce({ PUBLIC_URL: 'http://downloads.example.com' })).toMatch(/Warning: PUBLIC_URL is http, so/);
    const s3 = { S3_BUCKET: 'releases', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's', S3_ENDPOINT: 'http://127.0.0.1:1' };
    expect(await startOnce({ PUBLIC_URL: 'https://downloads.example.com', ...s3 })).toMatch(/they refuse\. Give the store https/);
    expect(await startOnce({ S3_BUKCET: 'releases' })).toMatch(
      /Warning: S3_BUKCET is not a variable of Slipway .*: did you mean S3_BUCKET\?/,
    );
  });
});

describe('what other programs take in the environment', () => {
  const databases = TEST_DIALECTS.filter(({ name, isAvailable }) => name === 'MariaDB' && isAvailable);

  it.each(['10.0.0.0/255.0.0.0', '127.0.0.1/255.255.255.255, 10.1.0.0/16', '::1', 'loopback'])(
    'is taken here, too: TRUSTED_PROXIES=%s',
    async (TRUSTED_PROXIES) => {
      const PUBLIC_URL = 'https://downloads.example.com';
      expect(await startOnce({ PUBLIC_URL, TRUSTED_PROXIES })).not.toMatch(/Warning/);
    },
  );

  it.each(databases)('after the ? of DATABASE_URL is warned of without repeating it, on $name', async ({ create }) => {
    const test = await create();
    const DATABASE_URL = `${test.environment['DATABASE_URL']}?charset=utf8mb4&connectionLimit=10&sslmode=disable`;
    const told = await startOnce({ DATABASE_URL, APP_SECRET: TEST_SECRET });
    expect(told).toMatch(/Warning: DATABASE_URL has something after its \? that Slipway does not read .*; it reads ssl, sslmode/);
    expect(told).not.toMatch(/charset|connectionLimit/);
    await test.drop();
  });

  it.each(databases)(
    'a replica that waits too long for the first start of another says so in one sentence, on $name',
    async ({ create }) => {
      const test = await create();
      const { writer } = test.database;
      await underMigrationLock(writer, async () => {
        const waiting = underMigrationLock(writer, async () => undefined, 0);
        await expect(waiting).rejects.toThrow(StartFault);
        await expect(waiting).rejects.toThrow(
          /^DATABASE_URL: another process has been setting up this database for 0 seconds; look at its log/,
        );
        const fault = await waiting.catch((error: unknown) => error);
        expect(databaseFault(test.environment['DATABASE_URL'] ?? '', fault)).toBe(fault);
      });
      await test.drop();
    },
  );
});

describe('another APP_SECRET', () => {
  const databases = TEST_DIALECTS.filter(({ isAvailable }) => isAvailable);
  it.each(databases)('than the one of the database is refused on $name, and the right one goes on', async ({ create }) => {
    const test = await create();
    await test.database.close();
    const own = { ...test.environment, APP_SECRET: TEST_SECRET };
    await startOnce(own);
    const refused = startOnce({ ...own, APP_SECRET: 'quite another secret of more than forty chars' });
    await expect(refused).rejects.toThrow(
      /^APP_SECRET: this is not the secret that this database was set up with.*put the former one back/,
    );
    expect(await startOnce(own)).toMatch(/Slipway is ready/);
    await test.drop().catch(() => undefined);
  });

  it.each(databases)('is also seen where an older Slipway left license keys but no fingerprint, on $name', async ({ create }) => {
    const test = await create();
    const own = {
      DATA_DIR: environment['DATA_DIR'] ?? '',
      ...test.environment,
      APP_SECRET: 'a secret for tests only, of forty characters',
    };
    const older = await startApp(test.database, join(own.DATA_DIR, 'objects'));
    const { id: productId } = await makeProduct(older.admin);
    await makeLicense({ admin: older.admin, baseUrl: '' }, { productId });
    await older.close();
    await expect(startOnce({ ...own, APP_SECRET: 'quite another secret of more than forty chars' })).rejects.toThrow(
      /^APP_SECRET: this is not/,
    );
    expect(await test.database.query('SELECT * FROM secret_fingerprint')).toEqual([]);
    expect(await startOnce(own)).toMatch(/Slipway is ready/);
    await test.drop();
  });

  it('made anew because its file is gone is refused, and the new file is taken back', async () => {
    await startOnce();
    const file = join(environment['DATA_DIR'] ?? '', 'app-secret');
    const secret = readFileSync(file, 'utf8');
    rmSync(file);
    await expect(startOnce()).rejects.toThrow(/^DATA_DIR: the file .*app-secret is gone.*put the former one back/);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, secret);
    expect(await startOnce()).toMatch(/Slipway is ready/);
  });
});

describe.skipIf(!hasMariadb || !hasS3)('on MariaDB and S3', () => {
  async function inProduction(work: (production: Record<string, string>) => Promise<void>): Promise<void> {
    const [database, store] = [await makeEmptyMysql(), await createS3Store()];
    await work({ ...environment, ...store.environment, DATABASE_URL: database.url, APP_SECRET: TEST_SECRET, ...ADMIN });
    await database.drop();
    await store.drop();
  }

  it('nothing is kept on this machine, so that no data folder is made', async () => {
    await inProduction(async (production) => {
      expect(await startOnce(production)).toMatch(/Slipway is ready/);
      expect(existsSync(environment['DATA_DIR'] ?? '')).toBe(false);
    });
  });

  it(`of two replicas that start at once on an empty database both serve, and one made the first admin, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1)
      await inProduction(async (production) => {
        const printed: string[] = [];
        const ports = [String(await freePort()), String(await freePort())];
        const both = await Promise.all(ports.map((PORT) => startServing({ ...production, PORT }, (line) => printed.push(line))));
        expect(await Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status))).toEqual([200, 200]);
        expect(printed.join('\n').match(/Sign in as first@vendor\.example/g)).toHaveLength(1);
        await Promise.all(both.map((serving) => serving.stop()));
      });
  });
});
