import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { freePort } from '../free-port.js';
import { makeFile, makeProduct } from '../make.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';

const RELEASES = 12;
/** The first is due so long after all should be scheduled; each next one a little later, while a process is killed. */
const FIRST_AFTER_MS = 2_000;
const NEXT_AFTER_MS = 150;
/** A lease of a killed process runs out after 60 s. */
const PATIENCE_MS = 100_000;

const replicated = SERVER_PLACES.find((place) => place.name.startsWith('MariaDB'));

interface Shown {
  readonly status: string;
  readonly lockVersion: number;
  readonly revisions: readonly { readonly number: number }[];
}

describe.skipIf(replicated === undefined)('two processes on MariaDB and S3', () => {
  let place: ServerPlace;
  const servers: ServerProcess[] = [];
  beforeAll(async () => {
    if (!replicated) throw new Error('No MariaDB and S3 were given to the tests.');
    place = await replicated.make();
    for (let count = 0; count < 2; count += 1) {
      const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
      await server.start();
      servers.push(server);
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.kill('SIGTERM');
    await place.drop();
  });

  it('publish everything that was scheduled, once, though one is killed in the middle', { timeout: PATIENCE_MS + 60_000 }, async () => {
    const [doomed, survivor] = servers as [ServerProcess, ServerProcess];
    const admin = await signInFirstAdmin(survivor);
    const begunAt = Date.now();
    const ids = await makeReadyDrafts(admin);
    // Scheduling a release takes less than making it with its file did.
    const firstAt = Date.now() + (Date.now() - begunAt) + FIRST_AFTER_MS;
    const scheduled = new Map<string, number>();
    for (const [index, id] of ids.entries()) {
      const publishAt = new Date(firstAt + index * NEXT_AFTER_MS).toISOString();
      const { downloadable } = await admin.run<{ downloadable: Shown }>(
        'publishDownloadable',
        { id, publishAt },
        'downloadable { lockVersion }',
      );
      scheduled.set(id, downloadable.lockVersion);
    }
    await delay(firstAt - Date.now() + (RELEASES / 2) * NEXT_AFTER_MS);
    await doomed.kill('SIGKILL');
    for (const id of ids) {
      const shown = await waitUntilPublished(admin, id);
      // One effect moves the lock version by one; a second publish would have moved it again.
      expect(shown).toEqual({ status: 'PUBLISHED', lockVersion: (scheduled.get(id) ?? 0) + 1, revisions: [{ number: 1 }] });
    }
  });
});

async function makeReadyDrafts(admin: Client): Promise<string[]> {
  const { id: productId } = await makeProduct(admin);
  const ids: string[] = [];
  for (let index = 0; index < RELEASES; index += 1) {
    const made = await admin.run<{ downloadable: { id: string } }>(
      'createDownloadable',
      { productId, version: `1.${index}` },
      'downloadable { id }',
    );
    await makeFile({ admin }, made.downloadable.id);
    ids.push(made.downloadable.id);
  }
  return ids;
}

async function waitUntilPublished(admin: Client, id: string): Promise<Shown> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { downloadable } = await admin.query<{ downloadable: Shown }>(
      'query($id: ID!) { downloadable(id: $id) { status lockVersion revisions { number } } }',
      { id },
    );
    if (downloadable.status === 'PUBLISHED' || performance.now() > until) return downloadable;
    await delay(200);
  }
}
