import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { databaseNow } from '../../machinery/jobs/job-queue.js';
import { APP_SECRET, SecretFingerprint } from './secret-fingerprint.entity.js';

/**
 * Whether nothing in a database says that it was set up with another secret; writes nothing.
 * @param opensWhatIsSealed tries the secret on what an older Slipway has left
 */
export async function fitsDatabase(database: Database, secrets: Secrets, opensWhatIsSealed: () => Promise<boolean>): Promise<boolean> {
  const known = await findFingerprint(database);
  return known === null ? opensWhatIsSealed() : known === fingerprintOf(secrets);
}

/**
 * Whether a secret is the one of this database. A database that knows none yet takes it, if it fits: of two processes that start
 * together with different secrets, one gets an error.
 */
export async function isSecretOf(database: Database, secrets: Secrets, opensWhatIsSealed: () => Promise<boolean>): Promise<boolean> {
  if (!(await fitsDatabase(database, secrets, opensWhatIsSealed))) return false;
  const fingerprint = fingerprintOf(secrets);
  if ((await findFingerprint(database)) === fingerprint) return true;
  await database.transaction(async (tx) =>
    tx.insertIfAbsent('secret_fingerprint', { name: APP_SECRET, fingerprint, noted_at: toSqlInstant(await databaseNow(tx)) }),
  );
  return (await findFingerprint(database)) === fingerprint;
}

const fingerprintOf = (secrets: Secrets): string => secrets.lookupHash('fingerprint', APP_SECRET);

async function findFingerprint(database: Database): Promise<string | null> {
  return (await database.read.findOneBy(SecretFingerprint, { name: APP_SECRET }))?.fingerprint ?? null;
}
