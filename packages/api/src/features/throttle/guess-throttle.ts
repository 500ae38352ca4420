import { createHash } from 'node:crypto';
import { emailKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { rateLimited } from '../../kernel/faults.js';
import { LIMITS } from '../../kernel/limits.js';
import { addressBuckets } from './address-bucket.js';
import { Turns } from './turns.js';

/**
 * At most this many failures per account, per address, per IPv6 network and per IPv6 site in one window (PROMISES.md, row 13).
 * A site gets no more than a network: it is one customer of its provider, as an IPv4 address is.
 */
const MAX_FAILURES = LIMITS.failedGuesses.most;
const WINDOW_MS = 15 * 60_000;

/** Who guesses, and whose secret. */
export interface Guess {
  readonly address: string;
  /** The account whose password is guessed, as it was typed; absent for license keys, which name no account. */
  readonly account?: string;
}

interface FailureRow {
  readonly failures: number;
  readonly window_started_at: string | Date;
}

/**
 * Makes guessing slow, for all replicas together. A blocked address or account is refused before its guess is looked at,
 * right or wrong. Guesses of one address are judged one after the other, so that many at once get no further than one by one.
 */
export class GuessThrottle {
  readonly #turns = new Turns();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Judges one guess. @param evaluate looks whether it is right; null: it is not
   * @throws PublicFault RATE_LIMITED after too many failures
   */
  async judge<T>(guess: Guess, evaluate: () => Promise<T | null>): Promise<T | null> {
    const addresses = addressBuckets(guess.address).map((bucket) => bucketOf('address', bucket));
    const { account } = guess;
    return this.#turns.run(addresses[0] ?? '', () =>
      account === undefined
        ? this.#judgeKey(addresses, evaluate)
        : this.#judgeAccount(bucketOf('account', emailKey(account)), addresses, evaluate),
    );
  }

  /** Keys come with every request of a program: a right one costs one read, and only a wrong one is written down. */
  async #judgeKey<T>(addresses: readonly string[], evaluate: () => Promise<T | null>): Promise<T | null> {
    const now = this.clock.now();
    const rows = await this.database.query<FailureRow>(
      `SELECT failures, window_started_at FROM sign_in_failure WHERE bucket IN (${addresses.map(() => '?').join(', ')})`,
      addresses,
    );
    for (const row of rows) if (row.failures >= MAX_FAILURES) requireOver(row, now);
    const found = await evaluate();
    if (found === null) await this.database.transaction((tx) => countEach(tx, addresses, now));
    return found;
  }

  /** Passwords are counted first: other addresses may be guessing the same account at this moment. */
  async #judgeAccount<T>(account: string, addresses: readonly string[], evaluate: () => Promise<T | null>): Promise<T | null> {
    const now = this.clock.now();
    const rows = await this.database.transaction((tx) => countEach(tx, [account, ...addresses], now));
    for (const row of rows) if (row.failures > MAX_FAILURES) requireOver(row, now);
    const found = await evaluate();
    if (found !== null) await this.#forgive(account, addresses);
    return found;
  }

  /** A right password takes back its own try, and the account's earlier failures. */
  async #forgive(account: string, addresses: readonly string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM sign_in_failure WHERE bucket = ?', [account]);
      for (const address of addresses)
        await tx.execute('UPDATE sign_in_failure SET failures = failures - 1 WHERE bucket = ? AND failures > 0', [address]);
    });
  }
}

/** Refuses unless the window has run out. */
function requireOver(row: FailureRow, now: Date): void {
  const left = fromSqlInstant(row.window_started_at).getTime() + WINDOW_MS - now.getTime();
  if (left > 0) throw rateLimited(Math.ceil(left / 1_000));
}

async function countEach(tx: Transaction, buckets: readonly string[], now: Date): Promise<FailureRow[]> {
  const rows: FailureRow[] = [];
  for (const bucket of buckets) rows.push(await countOne(tx, bucket, now));
  return rows;
}

async function countOne(tx: Transaction, bucket: string, now: Date): Promise<FailureRow> {
  const windowStart = toSqlInstant(new Date(now.getTime() - WINDOW_MS));
  await tx.execute('DELETE FROM sign_in_failure WHERE bucket = ? AND window_started_at <= ?', [bucket, windowStart]);
  const row = { bucket, failures: 1, window_started_at: toSqlInstant(now) };
  await tx.insertOrUpdate('sign_in_failure', row, ['bucket'], 'failures = failures + 1');
  const [counted] = await tx.query<FailureRow>('SELECT failures, window_started_at FROM sign_in_failure WHERE bucket = ?', [bucket]);
  return counted ?? row;
}

/** Hashed, so that the table holds neither addresses nor names. */
function bucketOf(kind: 'account' | 'address', text: string): string {
  return `${kind}:${createHash('sha256').update(text).digest('hex')}`;
}
