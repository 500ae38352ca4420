import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Secrets } from '../../kernel/secrets.js';
import { databaseNow } from '../jobs/job-queue.js';
import { APP_SECRET, SecretFingerprint } from './secret-fingerprint.entity.js';

/**
 * Whether a secret is the one of this database. A database that knows none yet takes it, unless something in it was sealed with
 * another: of two processes that start together with different secrets, one is told.
 * @param opensWhatIsSealed tries the secret on what an older Slipway has left
 */
export async function isSecretOf(database: Database, secrets: Secrets, opensWhatIsSealed: () => Promise<boolean>): Promise<boolean> {
  const fingerprint = secrets.lookupHash('fingerprint', APP_SECRET);
  const known = await findFingerprint(database);
  if (known !== null) return known === fingerprint;
  if (!(await opensWhatIsSealed())) return false;
  await database.transaction(async (tx) =>
    tx.insertIfAbsent('secret_fingerprint', { name: APP_SECRET, fingerprint, noted_at: toSqlInstant(await databaseNow(tx)) }),
  );
  return (await findFingerprint(database)) === fingerprint;
}

async function findFingerprint(database: Database): Promise<string | null> {
  return (await database.read.findOneBy(SecretFingerprint, { name: APP_SECRET }))?.fingerprint ?? null;
}
