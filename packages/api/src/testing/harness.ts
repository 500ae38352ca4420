import { createApp, type App } from '../app.js';
import type { Database } from '../database/database.js';
import { createLog, type Log } from '../kernel/log.js';
import { Secrets } from '../kernel/secret/secrets.js';
import { Client } from './client.js';
import { TestClock } from './clock.js';
import { TEST_DIALECTS, type TestDatabase, type TestDialect } from './databases.js';
import { listWronglyKept } from './kept-files.js';
import { freePort } from './free-port.js';
import { createDiskStore, createS3Store, hasS3, TEST_GUARDING, type TestStore } from './stores.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { Role } from '@slipway/shared';

/** The whole program, running on a port of its own against a fresh database and a fresh store. */
export interface Harness {
  readonly app: App;
  readonly baseUrl: string;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly clock: TestClock;
  readonly admin: Client;
  readonly nobody: Client;
  /** A signed-in person of a role. */
  signIn(email: string, password: string): Promise<Client>;
  makeUser(role: Role, options?: { customerId?: string }): Promise<Client>;
  /** Runs every due job now. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface TestSetup {
  readonly name: string;
  readonly isAvailable: boolean;
  start(options?: HarnessOptions): Promise<Harness>;
}

export interface HarnessOptions {
  /** Where lines go; nowhere when absent. */
  readonly log?: Log;
  /** The server's; one that is within one day to the end when absent, and then up to half an hour ahead of a real store's. */
  readonly clock?: TestClock;
}

export const TEST_PASSWORD = 'correct horse battery';
/** Tests ask more than people do. */
const UNLIMITED = { anonymousRequestsPerMinute: 0, credentialRequestsPerMinute: 0 };
let userCount = 0;

async function startOn(
  dialect: TestDialect,
  kind: 'USUAL' | 'EMBEDDED',
  { log, clock = TestClock.withinOneDay() }: HarnessOptions = {},
): Promise<Harness> {
  const secrets = new Secrets('a secret for tests only, of forty characters');
  const test = await dialect.create();
  // The port decides the public URL, and the store signs with it: listen first, on a free one.
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const store =
    kind === 'USUAL' && dialect.name === 'MariaDB' && hasS3 ? await createS3Store() : await createDiskStore({ publicUrl, secrets, clock });
  const config = { publicUrl, trustedProxies: [], s3: store.s3, fixedSettings: UNLIMITED, allowedPrivateHosts: ['127.0.0.1'] };
  const app = await createApp({
    config,
    database: test.database,
    store: store.store,
    clock,
    secrets,
    log: log ?? createLog(process.env['TEST_LOG'] ?? 'silent'),
    webFolder: '',
    guarding: TEST_GUARDING,
  });
  await app.server.listen({ port, host: '127.0.0.1' });
  return harnessOf({ app, test, store, clock, publicUrl });
}

async function harnessOf(parts: { app: App; test: TestDatabase; store: TestStore; clock: TestClock; publicUrl: string }): Promise<Harness> {
  const { app, test, store, clock, publicUrl } = parts;
  const signIn = async (email: string, password: string): Promise<Client> => {
    const response = await new Client(publicUrl).fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }',
        variables: { input: { email, password } },
      }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`Sign-in failed: ${await response.text()}`);
    return new Client(publicUrl, { cookie });
  };
  const makeUser = async (role: Role, options: { customerId?: string } = {}): Promise<Client> => {
    userCount += 1;
    const email = `${role.toLowerCase()}-${userCount}@slipway.example`;
    await app.features.accounts.createUser({
      email,
      name: `Test ${role}`,
      role,
      password: TEST_PASSWORD,
      customerId: options.customerId ?? null,
    });
    return signIn(email, TEST_PASSWORD);
  };
  return {
    app,
    baseUrl: publicUrl,
    database: test.database,
    store: store.store,
    clock,
    admin: await makeUser('ADMIN'),
    nobody: new Client(publicUrl),
    signIn,
    makeUser,
    settle: async () => void (await app.features.jobs.runDue()),
    close: async () => {
      // Tests leave replies unread; their connections would keep the server waiting.
      app.server.server.closeAllConnections();
      const wrong = await listWronglyKept(test.database);
      await app.close();
      await test.drop();
      await store.drop();
      if (wrong.length > 0) throw new Error(`Lists would show other files than there are:\n${wrong.join('\n')}`);
    },
  };
}

/** The set-ups that every suite of the API runs on: the embedded default, and MariaDB with S3 where they are given. */
export const TEST_SETUPS: readonly TestSetup[] = TEST_DIALECTS.map((dialect) => ({
  name: dialect.name === 'MariaDB' && hasS3 ? 'MariaDB and S3' : `${dialect.name} and the embedded store`,
  isAvailable: dialect.isAvailable,
  start: (options) => startOn(dialect, 'USUAL', options),
}));

/** Every database with the embedded store, for what is done to stores. */
export const EMBEDDED_SETUPS: readonly TestSetup[] = TEST_DIALECTS.map((dialect) => ({
  name: `${dialect.name} and the embedded store`,
  isAvailable: dialect.isAvailable,
  start: (options) => startOn(dialect, 'EMBEDDED', options),
}));
