import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTITIES } from '../../app/foundation/entities.js';
import { openMysql } from '../../database/connection/data-sources.js';
import type { Database } from '../../database/database.js';
import { S3Store } from '../../storage/s3/s3-store.js';
import { TEST_DIALECTS, type TestDatabase } from '../databases.js';
import { makeDraft, makeProduct, makeToken } from '../make.js';
import { steadily } from '../steady-time.js';
import { startApp, type BrokenApp } from './broken-app.js';
import { Gate } from './gate.js';

const ANSWER_MS = 2_000;
const RECOVERY_MS = 10_000;
const DIALECTS = TEST_DIALECTS.filter((dialect) => dialect.isAvailable);
const SECRETS = /secret-that-never-leaves|127\.0\.0\.1:1\b|ECONN|at .*\.[jt]s/;
const CREATE_UPLOAD = 'mutation($input: CreateUploadInput!) { createUpload(input: $input) { upload { id } userErrors { code } } }';
const SCOPES = { scopes: ['release:read', 'release:write'] };

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const { result, ms } = await steadily(work);
  expect(ms).toBeLessThan(ANSWER_MS);
  return result;
}

/** Sends a request over the agent's connection, and reads the reply to its end. */
function sendOver(url: string, options: RequestOptions, body: Buffer): Promise<{ status: number | undefined; port: number | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (reply) => {
      const port = sent.socket?.localPort; // gone once the agent has the connection back
      reply.resume().once('end', () => resolve({ status: reply.statusCode, port }));
    });
    sent.once('error', reject).end(body);
  });
}

async function expectNothingLeft(database: Database): Promise<void> {
  expect(await database.query('SELECT id FROM asset')).toEqual([]);
  expect(await database.query(`SELECT id FROM stored_object WHERE state NOT IN ('DISCARDED', 'ABANDONED')`)).toEqual([]);
  expect(await database.query('SELECT id FROM downloadable WHERE asset_count <> 0')).toEqual([]);
}

describe.each(DIALECTS)('an object store that cannot be reached, on $name', ({ create }) => {
  let test: TestDatabase;
  let running: BrokenApp;
  const s3 = { publicEndpoint: null, region: 'us-east-1', bucket: 'b', accessKeyId: 'key', forcePathStyle: true };
  const store = new S3Store({ ...s3, endpoint: 'http://127.0.0.1:1', secretAccessKey: 'secret-that-never-leaves' });
  beforeAll(async () => {
    test = await create();
    running = await startApp(test.database, store);
    await store.checkReachable().catch(() => undefined); // loads the SDK
  });
  afterAll(async () => {
    await running.close();
    await test.drop();
  });

  it('is told as UNAVAILABLE by createUpload within 2 s, without its insides, and no file is left', async () => {
    const draft = await makeDraft(running.admin);
    const input = { downloadableId: draft.id, fileName: 'app.exe', size: 10 };
    const reply = await timed(() => running.admin.graphql(CREATE_UPLOAD, { input }));
    expect(reply.errors.map((error) => error.extensions.code)).toEqual(['UNAVAILABLE']);
    expect(JSON.stringify(reply)).not.toMatch(SECRETS);
    await expectNothingLeft(test.database);
  });

  it('is told as 503 problem+json by a PUT within 2 s, and no file is left', async () => {
    const draft = await makeDraft(running.admin);
    const token = await makeToken(running.admin, SCOPES);
    const reply = await timed(() => token.fetch(`/api/v1/downloadables/${draft.id}/files/app.exe`, { method: 'PUT', body: 'bytes' }));
    expect(reply.status).toBe(503);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.text()).not.toMatch(SECRETS);
    await expectNothingLeft(test.database);
  });

  it('makes the program not ready, but still alive', async () => {
    const ready = await timed(() => running.admin.fetch('/readyz'));
    expect([ready.status, (await running.admin.fetch('/healthz')).status]).toEqual([503, 200]);
    expect(await ready.json()).toMatchObject({ checks: { database: 'ok', store: 'no answer' } });
  });
});

describe.each(DIALECTS)('a store that is away for a moment, on $name', ({ create }) => {
  it('is forgotten by an idempotency key: the same request works as soon as the store is back', async () => {
    const test = await create();
    const folder = mkdtempSync(join(tmpdir(), 'slipway-away-'));
    const running = await startApp(test.database, join(folder, 'objects'));
    const draft = await makeDraft(running.admin);
    const input = { downloadableId: draft.id, fileName: 'app.exe', size: 10, idempotencyKey: 'one file' };
    renameSync(join(folder, 'objects'), join(folder, 'away'));
    writeFileSync(join(folder, 'objects'), 'no folder');
    const refused = await running.admin.graphql(CREATE_UPLOAD, { input });
    expect(refused.errors.map((error) => error.extensions.code)).toEqual(['UNAVAILABLE']);
    await expectNothingLeft(test.database);
    rmSync(join(folder, 'objects'));
    renameSync(join(folder, 'away'), join(folder, 'objects'));
    const [first, second] = [await running.admin.graphql(CREATE_UPLOAD, { input }), await running.admin.graphql(CREATE_UPLOAD, { input })];
    expect(first.data).toMatchObject({ createUpload: { upload: { id: expect.any(String) }, userErrors: [] } });
    expect(second.data).toEqual(first.data);
    await running.close();
    await test.drop();
    rmSync(folder, { recursive: true });
  });
});

describe.each(DIALECTS.filter((dialect) => dialect.name === 'MariaDB'))('a database that goes away, on $name', ({ create }) => {
  it('is told as UNAVAILABLE within 2 s, and works again within 10 s of its return', async () => {
    const test = await create(1);
    const url = new URL(test.environment['DATABASE_URL'] ?? '');
    const gate = new Gate(url.hostname, Number(url.port));
    await gate.open();
    url.port = String(gate.port);
    const database = await openMysql(url.href, ENTITIES);
    const folder = mkdtempSync(join(tmpdir(), 'slipway-outage-'));
    const running = await startApp(database, folder);
    await makeProduct(running.admin);
    const ask = () => timed(() => running.admin.graphql('{ products(first: 5) { nodes { id } } }'));
    await gate.shut();
    for (let request = 0; request < 5; request += 1) {
      const reply = await ask();
      expect(reply.errors[0]?.extensions.code, JSON.stringify(reply)).toBe('UNAVAILABLE');
      expect(JSON.stringify(reply)).not.toMatch(SECRETS);
    }
    expect((await timed(() => running.admin.fetch('/readyz'))).status).toBe(503);
    expect((await running.admin.fetch('/healthz')).status).toBe(200);
    const row = { id: 'ANOTHER', region: 'r', bucket: 'b', force_path_style: 1, is_current: 0, lock_version: 1, failures: 0 };
    await test.database.transaction((tx) => tx.insertIfAbsent('object_store', row));
    await gate.open();
    while ((await running.app.features.stores.find(row.id)) === null) await delay(50);
    await gate.silence();
    await delay(ANSWER_MS); // which stores there are was read longer ago than that
    expect((await timed(() => running.admin.fetch('/readyz'))).status).toBe(503);
    await gate.shut();
    await gate.open();
    const backAt = performance.now();
    while ((await ask()).errors.length > 0 && performance.now() - backAt < RECOVERY_MS) await delay(50);
    expect((await ask()).errors).toEqual([]);
    await running.close();
    await database.close();
    await gate.shut();
    await test.drop();
    rmSync(folder, { recursive: true });
  });
});

/** A file system of 16 MB. Null where this process may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-full-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

const disk = mountSmallDisk();
afterAll(() => {
  if (disk) spawnSync('umount', [disk]);
  if (disk) rmSync(disk, { recursive: true, force: true });
});

/** The small disk, of which the files of the test before, and whose they were, are gone. */
function emptyDisk(): string {
  for (const name of readdirSync(disk ?? '')) rmSync(join(disk ?? '', name), { recursive: true });
  return disk ?? '';
}

describe.skipIf(disk === null).each(DIALECTS)('a full disk (skipped where no tmpfs can be mounted), on $name', ({ create }) => {
  it('is told as a problem that says what to do, and nothing of the file is left', async () => {
    const test = await create();
    const running = await startApp(test.database, emptyDisk());
    const draft = await makeDraft(running.admin);
    const token = await makeToken(running.admin, SCOPES);
    const path = `/api/v1/downloadables/${draft.id}/files/app.exe`;
    const reply = await token.fetch(path, { method: 'PUT', body: new Uint8Array(20_000_000) });
    expect([503, 507]).toContain(reply.status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({ detail: expect.stringMatching(/full.*free/i) });
    await running.app.features.jobs.runDue();
    await running.app.features.sweeper.sweep();
    await expectNothingLeft(test.database);
    expect(await test.database.query('SELECT id FROM stored_object')).toEqual([]);
    expect((await token.fetch(path, { method: 'PUT', body: 'small' })).status, 'the disk has room again').toBe(201);
    await running.close();
    await test.drop();
  });

  it('leaves the connection to the next request, though most of the file was still to come', async () => {
    const test = await create();
    const running = await startApp(test.database, emptyDisk());
    const draft = await makeDraft(running.admin);
    const { headers } = await makeToken(running.admin, SCOPES);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const put = (body: Buffer) =>
      sendOver(`${running.admin.baseUrl}/api/v1/downloadables/${draft.id}/files/app.exe`, { method: 'PUT', headers, agent }, body);
    const full = await put(Buffer.alloc(60_000_000));
    expect([503, 507]).toContain(full.status);
    await running.app.features.jobs.runDue();
    await running.app.features.sweeper.sweep();
    expect(full.port).toBeGreaterThan(0);
    expect(await put(Buffer.from('small'))).toEqual({ status: 201, port: full.port });
    agent.destroy();
    await running.close();
    await test.drop();
  });
});
