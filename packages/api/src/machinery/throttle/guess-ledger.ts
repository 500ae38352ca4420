import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { rateLimited } from '../../kernel/problem/faults.js';
import { LIMITS } from '../../kernel/limits/limits.js';

/**
 * At most this many different failures per account, device, address, IPv6 network and IPv6 site in one window (PROMISES.md,
 * row 13). A site gets no more than a network: it is one customer of its provider, as an IPv4 address is.
 */
const MAX_FAILURES: number = LIMITS.failedGuesses.most;
/**
 * So many different wrong keys beyond the limit, and no key passes from there any more, known or not: else keys that are known
 * in a network could be guessed from within it, one try after the other. Far above what mistyping programs of a network do.
 */
export const MAX_BEYOND = 300 * MAX_FAILURES;
export const WINDOW_MS = 15 * 60_000;

/** What is known of a guess before it is looked at. KNOWN_WRONG: it was looked at in this window, and was wrong. */
export type CountedGuess = 'COUNTED' | 'KNOWN_WRONG';

interface FailureRow {
  readonly failures: number;
  readonly window_started_at: string | Date;
}

/** A guess by its keyed hash. `most`: how many different ones a bucket takes, where that is not the usual number. */
export interface Guess {
  readonly hash: string;
  readonly now: Date;
  readonly most?: number;
}

/**
 * Counts one guess in each bucket, once. A bucket's row is its lock: of two that want its last place one gets it.
 * @param buckets the one that knows whose secret is guessed first; what it has seen is wrong everywhere
 * @throws PublicFault RATE_LIMITED when a bucket is full; then nothing is counted
 */
export async function countGuess(tx: Transaction, buckets: readonly string[], guess: Guess): Promise<CountedGuess> {
  const { hash, now, most = MAX_FAILURES } = guess;
  for (const bucket of buckets) {
    const row = await lockBucket(tx, bucket, now);
    const [known] = await tx.query<{ is_wrong: number }>('SELECT is_wrong FROM wrong_guess WHERE bucket = ? AND guess_hash = ?', [
      bucket,
      hash,
    ]);
    if (known && Number(known.is_wrong) === 1) return 'KNOWN_WRONG';
    if (known) continue;
    if (row.failures >= most) throw rateLimited(longestOf(await listFull(tx, buckets, now, most)));
    await tx.insertIfAbsent('wrong_guess', { bucket, guess_hash: hash, is_wrong: 0, counted_at: toSqlInstant(now) });
    await tx.execute('UPDATE sign_in_failure SET failures = failures + 1 WHERE bucket = ?', [bucket]);
  }
  return 'COUNTED';
}

/**
 * What can be said of a guess without a lock: floods of guesses cost one read each.
 * @returns KNOWN_WRONG, or NEW when it has to be counted @throws PublicFault RATE_LIMITED as `countGuess` does
 */
export async function peekGuess(
  database: Pick<Transaction, 'query'>,
  buckets: readonly string[],
  guess: Guess,
): Promise<'KNOWN_WRONG' | 'NEW'> {
  const { hash, now, most = MAX_FAILURES } = guess;
  const rows = await database.query<FailureRow & { is_wrong: number | null }>(
    `SELECT f.failures, f.window_started_at, g.is_wrong FROM sign_in_failure f
     LEFT JOIN wrong_guess g ON g.bucket = f.bucket AND g.guess_hash = ? WHERE f.bucket IN (${buckets.map(() => '?').join(', ')})`,
    [hash, ...buckets],
  );
  const present = rows.filter((row) => secondsLeft(row, now) > 0);
  if (present.some((row) => Number(row.is_wrong) === 1)) return 'KNOWN_WRONG';
  if (!present.some((row) => row.is_wrong === null && row.failures >= most)) return 'NEW';
  // All that are full have to end, also those in which this very guess was counted.
  throw rateLimited(Math.max(...present.filter((row) => row.failures >= most).map((row) => secondsLeft(row, now))));
}

/** Remembers that a counted guess was wrong: the same again need not be looked at. */
export async function markWrong(tx: Transaction, buckets: readonly string[], hash: string): Promise<void> {
  for (const bucket of buckets) await tx.execute('UPDATE wrong_guess SET is_wrong = 1 WHERE bucket = ? AND guess_hash = ?', [bucket, hash]);
}

/** Takes back one guess: it was right. */
export async function takeBack(tx: Transaction, buckets: readonly string[], hash: string): Promise<void> {
  for (const bucket of buckets) {
    const taken = await tx.execute('DELETE FROM wrong_guess WHERE bucket = ? AND guess_hash = ?', [bucket, hash]);
    if (taken > 0) await tx.execute('UPDATE sign_in_failure SET failures = failures - 1 WHERE bucket = ? AND failures > 0', [bucket]);
  }
}

/** Forgets every failure of a bucket. */
export async function clearBucket(tx: Transaction, bucket: string): Promise<void> {
  await tx.execute('DELETE FROM sign_in_failure WHERE bucket = ?', [bucket]);
  await tx.execute('DELETE FROM wrong_guess WHERE bucket = ?', [bucket]);
}

/** The buckets that take no further guess, each with the seconds until it does. */
export async function listFull(
  database: Pick<Transaction, 'query'>,
  buckets: readonly string[],
  now: Date,
  most = MAX_FAILURES,
): Promise<Map<string, number>> {
  const rows = await database.query<FailureRow & { bucket: string }>(
    `SELECT bucket, failures, window_started_at FROM sign_in_failure WHERE bucket IN (${buckets.map(() => '?').join(', ')})`,
    buckets,
  );
  const full = rows.filter((row) => row.failures >= most && secondsLeft(row, now) > 0);
  return new Map(full.map((row) => [row.bucket, secondsLeft(row, now)]));
}

/** How long the caller waits: until the last of the full buckets ends. */
export const longestOf = (full: ReadonlyMap<string, number>): number => Math.max(...full.values());

async function lockBucket(tx: Transaction, bucket: string, now: Date): Promise<FailureRow> {
  const fresh = { bucket, failures: 0, window_started_at: toSqlInstant(now) };
  // Changes nothing of a row that is there, but locks it.
  await tx.insertOrUpdate('sign_in_failure', fresh, ['bucket'], 'failures = failures');
  const [row = fresh] = await tx.query<FailureRow>('SELECT failures, window_started_at FROM sign_in_failure WHERE bucket = ?', [bucket]);
  if (secondsLeft(row, now) > 0) return row;
  await tx.execute('UPDATE sign_in_failure SET failures = 0, window_started_at = ? WHERE bucket = ?', [fresh.window_started_at, bucket]);
  await tx.execute('DELETE FROM wrong_guess WHERE bucket = ?', [bucket]);
  return fresh;
}

function secondsLeft(row: FailureRow, now: Date): number {
  return Math.ceil((fromSqlInstant(row.window_started_at).getTime() + WINDOW_MS - now.getTime()) / 1_000);
}
