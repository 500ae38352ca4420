import { createApp, type App } from '../../app.js';
import type { Database } from '../../database/database.js';
import { createLog } from '../../kernel/log.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import type { ObjectStore } from '../../storage/object-store.js';
import { DiskStore } from '../../storage/disk/disk-store.js';
import { Client } from '../client.js';
import { TestClock } from '../clock.js';
import { freePort } from '../free-port.js';
import { TEST_GUARDING } from '../stores.js';
import { TEST_PASSWORD } from '../harness.js';

const EMAIL = 'admin@slipway.example';

/** A running program whose parts a test has chosen, and its administrator. */
export interface BrokenApp {
  readonly app: App;
  readonly admin: Client;
  close(): Promise<void>;
}

/** Starts the program on any database and store. @param store the store, or the folder of an embedded one */
export async function startApp(database: Database, store: ObjectStore | string): Promise<BrokenApp> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const [clock, secrets] = [new TestClock(), new Secrets('a secret for tests only, of forty characters')];
  const used = typeof store === 'string' ? new DiskStore({ directory: store, publicUrl, secrets, clock }) : store;
  if (used instanceof DiskStore) await used.prepare();
  const config = { publicUrl, trustedProxies: [], s3: null };
  const app = await createApp({
    config,
    database,
    store: used,
    clock,
    secrets,
    log: createLog('silent'),
    webFolder: '',
    guarding: TEST_GUARDING,
  });
  await app.server.listen({ port, host: '127.0.0.1' });
  await app.features.accounts.createUser({ email: EMAIL, name: 'Admin', role: 'ADMIN', password: TEST_PASSWORD, customerId: null });
  return {
    app,
    admin: await signIn(publicUrl),
    close: async () => {
      app.server.server.closeAllConnections();
      await app.close();
    },
  };
}

async function signIn(publicUrl: string): Promise<Client> {
  const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
  const response = await new Client(publicUrl).fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { email: EMAIL, password: TEST_PASSWORD } } }),
  });
  return new Client(publicUrl, { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' });
}
