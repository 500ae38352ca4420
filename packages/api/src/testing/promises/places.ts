import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../app/foundation/entities.js';
import { openSqlite } from '../../database/connection/data-sources.js';
import type { Database } from '../../database/database.js';
import type { Client } from '../client.js';
import { TEST_DIALECTS } from '../databases.js';
import type { ServerProcess } from '../server-process.js';
import { createS3Store, hasS3 } from '../stores.js';

const ADMIN = { ADMIN_EMAIL: 'admin@slipway.example', ADMIN_PASSWORD: 'correct horse battery' };
const APP_SECRET = 'a secret for built servers, of forty-two ch';

/** Data on which a built server runs: what it needs in its environment, and how to be rid of it all. */
export interface ServerPlace {
  readonly environment: Readonly<Record<string, string>>;
  /** The same database, beside the server. */
  open(): Promise<Database>;
  drop(): Promise<void>;
}

async function makeFolder(): Promise<ServerPlace & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-place-'));
  const environment = { ...ADMIN, APP_SECRET, DATA_DIR: folder };
  return { folder, environment, open: () => openSqlite(folder, ENTITIES), drop: () => rm(folder, { recursive: true, force: true }) };
}

const mariadb = TEST_DIALECTS.find((dialect) => dialect.name === 'MariaDB' && dialect.isAvailable);

async function makeProduction(): Promise<ServerPlace> {
  if (!mariadb) throw new Error('No MariaDB was given to the tests.');
  const [folder, database, store] = [await makeFolder(), await mariadb.create(), await createS3Store()];
  return {
    environment: { ...folder.environment, ...database.environment, ...store.environment },
    open: () => database.reopen(),
    drop: async () => {
      await database.drop();
      await store.drop();
      await folder.drop();
    },
  };
}

/** The places that the built server is tried on: the embedded default, and MariaDB with S3 where they are given. */
export const SERVER_PLACES = [
  { name: 'SQLite and the embedded store', isAvailable: true, make: (): Promise<ServerPlace> => makeFolder() },
  { name: 'MariaDB and S3', isAvailable: hasS3 && mariadb !== undefined, make: makeProduction },
].filter((place) => place.isAvailable);

/** The first administrator of a place, signed in to a running server. */
export async function signInFirstAdmin(server: ServerProcess): Promise<Client> {
  const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
  const input = { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD };
  const response = await server.client().fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return server.client({ cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' });
}
