import { composeFeatures, type Features } from '../../app/features.js';
import type { Database } from '../../database/database.js';
import { discardObject } from '../../features/assets/object-release.js';
import { compareStore, type StoreComparison } from '../../features/assets/presence/store-comparison.js';
import { StoredObject } from '../../features/assets/stored-object.entity.js';
import { insertStoredObject } from '../../features/files/draft/draft-files.js';
import { createLog } from '../../kernel/log.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import type { ObjectStore, OpenUpload } from '../../storage/object-store.js';
import { TestClock } from '../clock.js';
import { TEST_DIALECTS } from '../databases.js';
import { createDiskStore, createS3Store, hasS3, TEST_GUARDING, type TestStore } from '../stores.js';

const BODY = Buffer.from('the bytes of a file');

const isUsual = (dialect: string, onS3: boolean): boolean => (dialect === 'MariaDB') === onS3 || !hasS3;

/** Every database and every store that this machine has, as they are used together; in `pnpm prove` each with each. */
export const PAIRS = TEST_DIALECTS.filter(({ isAvailable }) => isAvailable)
  .flatMap(({ name, create }) => [false, ...(hasS3 ? [true] : [])].map((onS3) => ({ dialect: name, create, onS3 })))
  .filter(({ dialect, onS3 }) => process.env['PROVE'] !== undefined || isUsual(dialect, onS3))
  .map(({ dialect, create, onS3 }) => ({
    name: `${dialect} and ${onS3 ? 'S3' : 'the embedded store'}`,
    create,
    onS3,
    makeStore: onS3 ? createS3Store : makeDiskStore,
  }));

const secrets = new Secrets('a secret for tests only, of forty characters');

export function makeDiskStore(): Promise<TestStore> {
  return createDiskStore({ publicUrl: 'http://127.0.0.1', secrets, clock: new TestClock() });
}

/** A process on a database and a store: everything but HTTP. */
export interface Program {
  readonly features: Features;
  readonly clock: TestClock;
  readonly database: Database;
  /** Lets two minutes pass, after which a process is no longer fresh. */
  settle(): void;
  /** What it told that it must end for. */
  readonly refusals: string[];
}

/** Starts a process. @throws StoreRefused */
export async function startProgram(database: Database, store: ObjectStore): Promise<Program> {
  const clock = new TestClock();
  const guarding = { ...TEST_GUARDING, settleSeconds: 120 };
  const features = composeFeatures({ database, store, clock, secrets, log: createLog('silent'), guarding });
  const refusals: string[] = [];
  await features.stores.base.guard.open();
  features.stores.base.guard.watch(({ reason }) => void refusals.push(reason))();
  return { features, clock, database, refusals, settle: () => clock.advance({ seconds: 121 }) };
}

/** A row whose upload is open in the store, as `createUpload` leaves it. */
export async function makeOpenUpload({ database, features, clock }: Program): Promise<OpenUpload & { id: string }> {
  const now = clock.now();
  const object = { declaredSize: BODY.length, declaredSha256: null, fingerprint: null, partSize: BODY.length, now };
  const { id, objectKey } = await database.transaction((tx) =>
    insertStoredObject(tx, { ...object, expiresAt: new Date(now.getTime() + 24 * 3_600_000) }),
  );
  const uploadId = await features.stores.base.store.createUpload(objectKey);
  await database.transaction((tx) => tx.manager.update(StoredObject, { id }, { uploadId }));
  return { id, objectKey, uploadId };
}

/** Sends the bytes of an open upload and makes it READY. */
export async function finishUpload({ database, features }: Program, upload: OpenUpload & { id: string }): Promise<void> {
  const part = await features.stores.base.store.putPart(upload, 1, BODY);
  await features.stores.base.store.completeUpload(upload, [part]);
  await database.transaction((tx) =>
    tx.manager.update(StoredObject, { id: upload.id }, { state: 'READY', size: BODY.length, expiresAt: null }),
  );
}

/** A file that is READY and whole. @returns its row's id and its key */
export async function makeReadyFile(program: Program): Promise<{ readonly id: string; readonly objectKey: string }> {
  const upload = await makeOpenUpload(program);
  await finishUpload(program, upload);
  return upload;
}

/** Gives up an object as a deleted release does. */
export async function discard({ database, clock }: Program, { id }: { readonly id: string }): Promise<void> {
  await database.transaction((tx) => discardObject(tx, id, clock.now()));
}

/** Everything that runs by itself, a day later: sweep, jobs, comparison. */
export async function passOneDay(program: Program): Promise<StoreComparison> {
  program.clock.advance({ hours: 25 });
  await program.features.sweeper.sweep();
  await program.features.jobs.runDue();
  return compare(program);
}

export function compare({ database, features }: Program): Promise<StoreComparison> {
  return compareStore({ database, store: features.stores.base.store, check: (id) => features.presence.check(id) });
}

export async function listKeys(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { objectKey } of store.listObjects()) keys.push(objectKey);
  return keys;
}
