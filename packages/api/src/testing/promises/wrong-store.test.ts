import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TEST_DIALECTS } from '../databases.js';
import { freePort } from '../free-port.js';
import { makeDraft, makeFile } from '../make.js';
import { ServerProcess } from '../server-process.js';
import { createS3Store, hasS3 } from '../stores.js';
import { signInFirstAdmin } from './places.js';

const SECRETS = {
  ADMIN_EMAIL: 'admin@slipway.example',
  ADMIN_PASSWORD: 'correct horse battery',
  APP_SECRET: 'a secret for built servers, of forty-two ch',
};
const mariadb = TEST_DIALECTS.find((dialect) => dialect.name === 'MariaDB' && dialect.isAvailable);

/** The operator's mistakes with which the emptying of stores began, made with the built server. */
describe('a server whose database is not the one of its files', () => {
  const folders: string[] = [];
  const makeFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-wrong-'));
    folders.push(folder);
    return folder;
  };
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  const serverOn = async (environment: Readonly<Record<string, string>>): Promise<ServerProcess> =>
    new ServerProcess(`http://127.0.0.1:${await freePort()}`, { ...SECRETS, ...environment });
  const fill = async (server: ServerProcess): Promise<void> => {
    await server.start();
    const admin = await signInFirstAdmin(server);
    await makeFile({ admin }, (await makeDraft(admin)).id);
    await server.kill('SIGTERM');
  };
  const expectRefused = async (server: ServerProcess, words: RegExp): Promise<void> => {
    const { exitCode, output } = await server.runToEnd();
    expect([exitCode, output]).toEqual([1, expect.stringMatching(words)]);
    expect(output, 'no stack').not.toMatch(/\n\s+at /);
  };

  it.runIf(mariadb)('an embedded store that meets the empty database of a new DATABASE_URL is refused, and keeps its files', async () => {
    if (!mariadb) throw new Error('No MariaDB was given to the tests.');
    const [folder, empty] = [await makeFolder(), await mariadb.create()];
    await fill(await serverOn({ DATA_DIR: folder }));
    const before = await readdir(join(folder, 'objects', 'objects'));
    await expectRefused(
      await serverOn({ DATA_DIR: folder, ...empty.environment }),
      /cannot start\.\nThe files in the folder .*DATA_DIR.* belong to installation \w{26}.*DATABASE_URL.*Nothing was changed or deleted/s,
    );
    expect(await readdir(join(folder, 'objects', 'objects'))).toEqual(before);
    await empty.drop();
  });

  it.runIf(hasS3)('a bucket that meets a process without its DATABASE_URL is refused, and keeps its files', async () => {
    const store = await createS3Store();
    await fill(await serverOn({ DATA_DIR: await makeFolder(), ...store.environment }));
    await expectRefused(
      await serverOn({ DATA_DIR: await makeFolder(), ...store.environment }),
      /The files in the bucket slipway-\w+ \(S3_BUCKET\) belong to installation/,
    );
    const keys: string[] = [];
    for await (const { objectKey } of store.store.listObjects()) keys.push(objectKey);
    expect(keys).toHaveLength(1);
    await store.drop();
  });

  it('a copy of the data folder’s database on the same files ends by itself, and the original goes on', async () => {
    const folder = await makeFolder();
    const original = await serverOn({ DATA_DIR: folder });
    await fill(original);
    await original.start();
    const copy = await makeFolder();
    for (const name of await readdir(folder)) if (name.startsWith('slipway.sqlite')) await cp(join(folder, name), join(copy, name));
    await symlink(join(folder, 'objects'), join(copy, 'objects'));
    // The original is settled at once here and raises its claim within ten seconds; the copy stays fresh and keeps the older one.
    const clone = await serverOn({ DATA_DIR: copy, STORE_SETTLE_SECONDS: '3600' });
    const { exitCode, output } = await clone.runToEnd();
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/Slipway (stops|cannot start)\.\n.*last used by another copy/)]);
    expect((await original.client().fetch('/readyz')).status).toBe(200);
    expect(await original.kill('SIGTERM')).toBe(0);
  });
});
