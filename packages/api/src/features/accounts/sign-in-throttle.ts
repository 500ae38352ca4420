import { createHash } from 'node:crypto';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { PublicFault } from '../../kernel/faults.js';

/** At most this many failures per account and per address in one window (PROMISES.md, row 13). */
const MAX_FAILURES = 10;
const WINDOW_MINUTES = 15;

/** Whom a try counts against. */
export interface SignInTry {
  /** E-mail address or license key, as it was typed. */
  readonly account: string;
  readonly address: string;
}

/** Makes guessing slow, for all replicas together: tries are counted in the database before anything is checked. */
export class SignInThrottle {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts a try. @throws PublicFault RATE_LIMITED when there were too many failures */
  async count(attempt: SignInTry): Promise<void> {
    const now = this.clock.now();
    const windowStart = toSqlInstant(new Date(now.getTime() - WINDOW_MINUTES * 60_000));
    const failures = await this.database.transaction(async (tx) => {
      const [account, address] = bucketsOf(attempt);
      const at = { now: toSqlInstant(now), windowStart };
      return Math.max(await countOne(tx, { ...at, bucket: account }), await countOne(tx, { ...at, bucket: address }));
    });
    if (failures > MAX_FAILURES) {
      throw new PublicFault('RATE_LIMITED', `Too many failed attempts. Wait ${WINDOW_MINUTES} minutes, then try again.`, {
        retryAfterSeconds: WINDOW_MINUTES * 60,
      });
    }
  }

  /** A right password takes back its own try, and the account's earlier failures. */
  async forgive(attempt: SignInTry): Promise<void> {
    const [account, address] = bucketsOf(attempt);
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM sign_in_failure WHERE bucket = ?', [account]);
      await tx.execute('UPDATE sign_in_failure SET failures = failures - 1 WHERE bucket = ? AND failures > 0', [address]);
    });
  }
}

async function countOne(tx: Transaction, at: { bucket: string; now: string; windowStart: string }): Promise<number> {
  await tx.execute('DELETE FROM sign_in_failure WHERE bucket = ? AND window_started_at < ?', [at.bucket, at.windowStart]);
  const row = { bucket: at.bucket, failures: 1, window_started_at: at.now };
  await tx.insertOrUpdate('sign_in_failure', row, ['bucket'], 'failures = failures + 1');
  const [counted] = await tx.query<{ failures: number }>('SELECT failures FROM sign_in_failure WHERE bucket = ?', [at.bucket]);
  return counted?.failures ?? 0;
}

function bucketsOf({ account, address }: SignInTry): [string, string] {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  return [`account:${digest(account.trim().toLowerCase())}`, `address:${digest(address)}`];
}
