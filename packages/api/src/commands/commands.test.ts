import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { TestClock } from '../testing/clock.js';
import { Secrets } from '../kernel/secret/secrets.js';
import { DiskStore } from '../storage/disk/disk-store.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { TestDatabase } from '../testing/databases.js';
import { makePublished } from '../testing/make.js';
import { startApp } from '../testing/promises/broken-app.js';
import { sealAll } from '../testing/promises/audit-world.js';
import { PAIRS } from '../testing/promises/one-store-world.js';
import { createS3Store } from '../testing/stores.js';
import { runCommand } from './commands.js';

interface Place {
  readonly test: TestDatabase;
  readonly store: ObjectStore;
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
  drop(): Promise<void>;
}

/** Data as `DATA_DIR`, `DATABASE_URL` and S3 settings name it. */
async function makePlace(create: () => Promise<TestDatabase>, onS3: boolean): Promise<Place> {
  const test = await create();
  const dataDir = test.environment['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'slipway-command-')));
  const environment = { APP_SECRET: 'a secret for tests only, of forty characters', ...test.environment, DATA_DIR: dataDir };
  const drop = async (): Promise<void> => {
    await test.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  if (!onS3) {
    const settings = { directory: join(dataDir, 'objects'), publicUrl: '', secrets: new Secrets('x'.repeat(40)), clock: new TestClock() };
    const store = new DiskStore(settings);
    await store.prepare();
    return { test, store, environment, dataDir, drop };
  }
  const s3 = await createS3Store();
  return { test, store: s3.store, environment: { ...environment, ...s3.environment }, dataDir, drop: () => drop().then(() => s3.drop()) };
}

const PLACES = PAIRS.map(({ name, create, onS3 }) => ({ name, make: () => makePlace(create, onS3), onS3 }));

const NOTHING = { config: readConfig({}), webFolder: '' };

describe('commands of the built server', () => {
  const run = async (args: readonly string[]): Promise<string> => {
    const lines: string[] = [];
    expect(
      await runCommand(
        args,
        () => NOTHING,
        (text) => lines.push(text),
      ),
    ).toBe(0);
    return lines.join('\n');
  };

  it('each tells with --help what it does and which options it takes, and has a dry run', async () => {
    const list = await run(['help']);
    for (const name of ['doctor', 'adopt-store', 'rebuild', 'verify-audit']) {
      expect(list).toContain(name);
      expect(await run([name, '--help'])).toMatch(new RegExp(`^Usage: slipway ${name} \\[options\\]\n[^]*--dry-run`));
    }
  });

  it('what is not known is refused with what there is', async () => {
    await expect(run(['docter'])).rejects.toThrow(/There is no command "docter"[^]*doctor/);
    await expect(run(['doctor', '--fixx'])).rejects.toThrow(/not understood[^]*--fix/);
    await expect(run(['doctor', 'now'])).rejects.toThrow(/not understood/);
  });
});

describe.each(PLACES)('doctor and adopt-store on $name', ({ make, onS3 }) => {
  let place: Place;
  let lines: string[];
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => place.drop());

  const run = async (args: readonly string[], environment = place.environment): Promise<number> => {
    lines = [];
    return runCommand(
      args,
      () => ({ config: readConfig({ ...environment, LOG_LEVEL: 'silent' }), webFolder: '' }),
      (text) => lines.push(text),
    );
  };
  const release = async () => {
    const app = await startApp(place.test.database, place.store);
    const made = await makePublished({ admin: app.admin });
    await app.close();
    return made;
  };
  const putStray = async (objectKey: string): Promise<void> => {
    const upload = { objectKey, uploadId: await place.store.createUpload(objectKey) };
    await place.store.completeUpload(upload, [await place.store.putPart(upload, 1, Buffer.from('stray'))]);
  };

  it('doctor finds nothing where all is well', async () => {
    await release();
    expect(await run(['doctor'])).toBe(0);
    expect(lines[0]).toMatch(/^Store: the (bucket|folder) .* belongs to the database /);
    expect(lines.at(-1)).toBe('Store and database agree. Nothing was changed.');
  });

  it('doctor names a missing file with its release, and ends with 1; a dry run does not even write that down', async () => {
    const { file, version } = await release();
    for await (const { objectKey } of place.store.listObjects()) await place.store.delete(objectKey);
    const missing = () => place.test.database.query('SELECT id FROM stored_object WHERE missing_since IS NOT NULL');
    expect(await run(['doctor', '--dry-run'])).toBe(1);
    expect(await missing()).toEqual([]);
    expect(await run(['doctor'])).toBe(1);
    expect(lines.join('\n')).toMatch(new RegExp(`Missing from the store: 1\n.*${version}  ${file.fileName}`));
    expect(await missing()).toHaveLength(1);
  });

  /** What the overview tells of the store. */
  const rememberedUnknown = async (): Promise<number | null> =>
    (await place.test.database.query<{ unknown_objects: number | null }>('SELECT unknown_objects FROM object_store'))[0]?.unknown_objects ??
    null;

  it('doctor lists what nobody knows and deletes none of it; --fix neither, while it is young', async () => {
    await release();
    await putStray('objects/stray');
    expect(await run(['doctor'])).toBe(0);
    expect(lines.join('\n')).toMatch(/Objects that no release wants: 1\n {2}objects\/stray/);
    expect(await run(['doctor', '--fix'])).toBe(0);
    expect(lines.at(-1)).toBe('0 objects and 0 open uploads were removed.');
    expect(await rememberedUnknown()).toBe(1);
    expect(await place.store.findSize('objects/stray')).toBe(5);
  });

  // The age of an object in S3 cannot be set; how old ones go there is shown in `one-store.test.ts`.
  const onDisk = onS3 ? () => undefined : it;
  onDisk('doctor --fix removes what is unknown and old, after a dry run that says which, and writes it down', async () => {
    const { file } = await release();
    const weekAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    for (let index = 0; index < 3; index += 1) {
      await putStray(`objects/stray-${index}`);
      await utimes(join(place.dataDir, 'objects', 'objects', `objects,stray-${index}`), weekAgo, weekAgo);
    }
    expect(await run(['doctor', '--fix', '--dry-run'])).toBe(0);
    expect(lines.at(-1)).toBe('3 objects and 0 open uploads would be removed. Nothing was changed.');
    expect(await rememberedUnknown()).toBeNull();
    expect(await run(['doctor', '--fix'])).toBe(0);
    expect(lines.at(-1)).toBe('3 objects and 0 open uploads were removed.');
    expect(await rememberedUnknown()).toBe(0);
    const left: number[] = [];
    for await (const { size } of place.store.listObjects()) left.push(size);
    expect(left).toEqual([file.bytes.length]);
    const [event] = await place.test.database.query<{ after_json: string }>(
      `SELECT after_json FROM audit_event WHERE action = 'store.removeUnknown'`,
    );
    expect(JSON.parse(event?.after_json ?? '{}')).toEqual({ objects: 3, uploads: 0 });
  });

  it('adopt-store goes on with a restored copy, says first what it would do, and does nothing twice', async () => {
    await release();
    expect(await run(['adopt-store'])).toBe(0);
    expect(lines.at(-1)).toBe('The file store and this database belong together. Nothing was changed.');
    await place.test.database.transaction((tx) => tx.execute('UPDATE installation SET claim = claim + 7'));
    const before = await place.store.readClaim();
    expect(await run(['doctor'])).toBe(1);
    expect(lines[0]).toMatch(/last used by another copy/);
    expect(await run(['adopt-store', '--dry-run'])).toBe(0);
    expect([await place.store.readClaim(), lines.at(-1)]).toEqual([before, 'The store would be adopted. Nothing was changed.']);
    expect(await run(['adopt-store'])).toBe(0);
    expect(lines.at(-1)).toMatch(/^Adopted with claim 9\./);
    expect(await run(['doctor'])).toBe(0);
  });

  it('adopt-store does not go on without files, nor with files of somebody else, unless it is forced', async () => {
    await release();
    for await (const { objectKey } of place.store.listObjects()) await place.store.delete(objectKey);
    await putStray('objects/somebody-else');
    await place.test.database.transaction((tx) => tx.execute('DELETE FROM installation'));
    expect(await run(['adopt-store'])).toBe(1);
    expect(lines.at(-1)).toMatch(/^Not adopted.*--force/);
    expect(await run(['adopt-store', '--force'])).toBe(0);
    expect(await run(['doctor'])).toBe(1);
    expect(lines.join('\n')).toMatch(/Missing from the store: 1/);
    expect(await place.store.findSize('objects/somebody-else')).toBe(5);
  });

  it('verify-audit names what was changed in the database, ends with 1, and says last what was found', async () => {
    await release();
    expect(await run(['verify-audit'])).toBe(0);
    expect(lines.at(-1)).toMatch(
      /^0 events were verified: every one is as it was written; \d+ events are not sealed yet\. Nothing was changed\.$/,
    );
    const count = await sealAll(place.test.database);
    expect(await run(['verify-audit', '--dry-run'])).toBe(0);
    expect(lines.at(-1)).toBe(`${count} sealed events would be verified. Nothing was changed.`);
    await place.test.database.transaction((tx) => tx.execute(`UPDATE audit_event SET actor_id = 'nobody' WHERE sequence = 2`));
    expect(await run(['verify-audit'])).toBe(1);
    expect(lines[0]).toMatch(new RegExp(`^Head of the chain: event ${count}, seal [0-9a-f]{64}$`));
    expect(lines[1]).toMatch(/^ {2}Event 2, \d{4}-.*Z, \w{26}: The event is not as Slipway wrote it\.$/);
    expect(lines.at(-1)).toBe(`${count} events were verified: 1 is not as it was written. Nothing was changed.`);
  });
});
