import type { Database } from '../../src/database/database.js';
import { toSqlInstant } from '../../src/database/instants.js';
import { Secrets } from '../../src/kernel/secret/secrets.js';
import { isSecretOf } from '../../src/storage/ownership/secret-fingerprint.js';
import { printClaim } from '../../src/storage/ownership/store-claim.js';
import type { BulkWriter } from './bulk-writer.js';
import { idOf } from './world.js';

const CLAIM = { installationId: idOf('product', 99), claim: 1, claimToken: idOf('product', 98), previousToken: null } as const;
const DAY_MS = 86_400_000;
/** The product compares store and rows once a day. */
const COMPARED_DAYS = [0, 1, 2];

/** Of every server that the benchmark starts. */
export const APP_SECRET = 'a secret for the benchmark only, of fifty characters';

/** Says whose secret the database was filled with: the keys of its licenses are stand-ins that no secret opens. */
export async function writeSecretFingerprint(database: Database): Promise<void> {
  await isSecretOf(database, new Secrets(APP_SECRET), async () => true);
}

/** What the store says of whose it is. */
export const CLAIM_TEXT = printClaim(CLAIM);

/** Lets the database own the benchmark's store, whose files are not there, and marks the comparison of the two as done. */
export async function renewClaim(writer: BulkWriter): Promise<void> {
  const now = new Date();
  await writer.execute('DELETE FROM installation');
  await writer.insert(
    'installation',
    ['name', 'installation_id', 'claim', 'claim_token', 'claimed_at'],
    [['this', CLAIM.installationId, CLAIM.claim, CLAIM.claimToken, toSqlInstant(now)]],
  );
  await writer.execute(`DELETE FROM job WHERE kind = 'store.compare'`);
  const today = Math.floor(now.getTime() / DAY_MS);
  await writer.insert(
    'job',
    ['id', 'kind', 'dedupe_key', 'payload', 'run_at', 'attempts', 'finished_at'],
    COMPARED_DAYS.map((day) => [
      idOf('product', 90 + day),
      'store.compare',
      `store.compare:${today + day}`,
      '{}',
      toSqlInstant(now),
      1,
      toSqlInstant(now),
    ]),
  );
}
