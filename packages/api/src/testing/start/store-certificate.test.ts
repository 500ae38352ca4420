import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { TEST_DIALECTS } from '../databases.js';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';
import { createS3Store, hasS3 } from '../stores.js';
import { startTlsFront } from '../tls-front.js';

const ADMIN = { email: 'admin@vendor.example', password: 'correct horse battery' };
/** Of 50 ms each: a minute. */
const MOST_WAITS = 1_200;

interface Concern {
  readonly kind: string;
  readonly message: string;
  readonly action: { readonly path: string } | null;
}

describe.skipIf(!hasS3).each(TEST_DIALECTS.filter(({ isAvailable }) => isAvailable))('a store with TLS, beside $name', ({ create }) => {
  const undo: (() => unknown)[] = [];
  let environment: Record<string, string>;
  beforeEach(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'slipway-certificate-'));
    const [test, store] = [await create(), await createS3Store()];
    undo.push(
      () => test.drop(),
      store.drop,
      () => rm(dataDir, { recursive: true, force: true }),
    );
    const first = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, APP_SECRET: 'a secret for this test, of forty-two chars' };
    environment = { ...test.environment, ...store.environment, ...first, DATA_DIR: dataDir };
  });
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  });

  /** Starts the server before a store whose certificate is good for some days. @returns how to ask what needs attention */
  async function startWith(days: number): Promise<() => Promise<readonly Concern[]>> {
    const front = await startTlsFront(environment['S3_ENDPOINT'] ?? '', days);
    const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, {
      ...environment,
      S3_ENDPOINT: front.url,
      NODE_EXTRA_CA_CERTS: front.caFile,
    });
    undo.push(front.close, () => server.kill());
    await server.start();
    const admin = await signIn(server);
    const ask = '{ systemConcerns { kind message action { path } } }';
    return async () => (await admin.query<{ systemConcerns: readonly Concern[] }>(ask)).systemConcerns;
  }

  it('whose certificate ends within 14 days needs attention, and is told without being asked for', async () => {
    const ask = await startWith(13);
    let found: Concern | undefined;
    for (let waits = 0; waits < MOST_WAITS && !found; waits += 1) {
      found = (await ask()).find(({ kind }) => kind === 'CERTIFICATE');
      await delay(50);
    }
    const day = new Date(Date.now() + 13 * 24 * 3_600_000).toISOString().slice(0, 10);
    expect(found).toEqual({
      kind: 'CERTIFICATE',
      message: `The certificate of 127.0.0.1 ends on ${day}: renew it before uploads and downloads fail.`,
      action: { path: '/admin/settings/storage' },
    });
  });
});

async function signIn(server: ServerProcess): Promise<Client> {
  const response = await server.client().fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }',
      variables: { input: ADMIN },
    }),
  });
  return server.client({ cookie: (response.headers.get('set-cookie') ?? '').replace(/;.*/, '') });
}
