import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { EARLIER } from '../database/migrations/earlier.js';
import { TEST_DIALECTS, type TestDatabase } from '../testing/databases.js';
import { makeLicense, makeProduct } from '../testing/make.js';
import { startApp } from '../testing/promises/broken-app.js';
import { runCommand } from './commands.js';

const DRY_RUNS = [
  'doctor',
  'doctor --dry-run',
  'doctor --fix --dry-run',
  'adopt-store --dry-run',
  'rebuild --dry-run',
  'verify-audit',
  'verify-audit --dry-run',
];

describe.each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))('what changes nothing, on $name', ({ create }) => {
  let test: TestDatabase;
  let environment: Record<string, string>;
  let folder: string;
  beforeEach(async () => {
    test = await create();
    folder = test.environment['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'slipway-dry-run-')));
    environment = {
      ...test.environment,
      DATA_DIR: folder,
      APP_SECRET: 'a secret for tests only, of forty characters',
      LOG_LEVEL: 'silent',
    };
    const app = await startApp(test.database, join(folder, 'objects'));
    await makeLicense({ admin: app.admin, baseUrl: '' }, { productId: (await makeProduct(app.admin)).id });
    await app.close();
  });
  afterEach(async () => {
    await test.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (command: string): Promise<number> =>
    runCommand(
      command.split(' '),
      () => ({ config: readConfig(environment), webFolder: '' }),
      () => undefined,
    );
  const everything = async (): Promise<unknown> => {
    const { database } = test;
    const isSqlite = database.dialect === 'sqlite';
    const tables = await database.query<{ name: string }>(
      isSqlite
        ? `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY name',
    );
    return Promise.all(tables.map(async ({ name }) => [name, await database.query(`SELECT * FROM ${name}`)]));
  };
  /** As a database that an older Slipway has left: the initial migration is not noted yet. */
  const age = (): Promise<void> =>
    test.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM migrations');
      for (const name of EARLIER.names)
        await tx.execute('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [Number(name.slice(-13)), name]);
    });

  it.each(DRY_RUNS)('"%s" leaves a database of an older Slipway as it is and says in one sentence to migrate it', async (command) => {
    await age();
    const before = await everything();
    const sentence =
      /^(DATABASE_URL|DATA_DIR): this database is of an older Slipway, or empty; start Slipway once to migrate it, then run this again\.$/;
    await expect(run(command)).rejects.toThrow(sentence);
    expect(await everything()).toEqual(before);
  });

  it.each(DRY_RUNS)('"%s" writes nothing into the database of today, not even which secret it has', async (command) => {
    await test.database.transaction((tx) => tx.execute('DELETE FROM secret_fingerprint'));
    const before = await everything();
    await run(command);
    expect(await everything()).toEqual(before);
  });

  it.each(DRY_RUNS)('"%s" makes neither a data folder nor a database nor a secret', async (command) => {
    const nowhere = join(folder, 'not-there');
    environment = { DATA_DIR: nowhere, LOG_LEVEL: 'silent' };
    await expect(run(command)).rejects.toThrow(/^DATA_DIR: /);
    expect(existsSync(nowhere)).toBe(false);
  });
});
