import { createHash } from 'node:crypto';
import { emailKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Clock } from '../../kernel/clock.js';
import { PublicFault, rateLimited } from '../../kernel/problem/faults.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { AcceptedKeys, KNOWN_DAYS } from './accepted-keys.js';
import { addressBuckets } from './address-bucket.js';
import {
  clearBucket,
  countGuess,
  listFull,
  longestOf,
  markWrong,
  MAX_BEYOND,
  peekGuess,
  takeBack,
  WINDOW_MS,
  type Guess,
} from './guess-ledger.js';
import { Turns } from './turns.js';

/** A license key that somebody sent. */
export interface KeyGuess {
  /** From where it came; null: from anywhere behind a proxy, and counted against no address. */
  readonly address: string | null;
  /** The key, in the one spelling by which it is found. */
  readonly keyHash: string;
}

/** A password that somebody typed. */
export interface PasswordGuess {
  /** As for keys. */
  readonly address: string | null;
  /** The account, as it was typed. */
  readonly account: string;
  readonly password: string;
  /** The hash that the account has now, so that a changed password is another guess; empty when there is no such account. */
  readonly passwordHash: string;
  /** The device from which this account signed in before, or null. It is counted by itself: strangers cannot keep it out. */
  readonly deviceId: string | null;
}

/** What a key was found to be. */
export interface FoundKey<T> {
  readonly value: T;
  /** One of our own making has 125 random bits: it cannot be guessed, so it is never blocked. */
  readonly isGenerated: boolean;
  /** A short one that was imported can be guessed: beyond the limit it is refused, also where it was accepted before. */
  readonly isWeak?: boolean;
}

interface Guessing {
  /** The one that knows whose secret is guessed first. */
  readonly buckets: readonly string[];
  readonly hash: string;
}

/**
 * Makes guessing slow, for all replicas together, and lets right credentials pass (DESIGN.md, section 6). A full block of
 * addresses or account takes no further guess, right or wrong, save from where the secret is known. Guesses of one address
 * are judged one after the other, so that many at once get no further than one by one.
 */
export class GuessThrottle {
  readonly #turns = new Turns();
  readonly #accepted: AcceptedKeys;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
  ) {
    this.#accepted = new AcceptedKeys(database);
  }

  /**
   * Judges a license key that was looked up by its hash. @param found null: no license has it
   * @returns what was found, or null @throws PublicFault RATE_LIMITED when too many wrong keys came from there
   */
  async judgeKey<T>(guess: KeyGuess, found: FoundKey<T> | null): Promise<T | null> {
    if (found?.isGenerated) return found.value;
    const buckets = addressesOf('key', guess.address);
    const [turn] = buckets;
    if (turn === undefined) return found?.value ?? null;
    return this.#turns.run(turn, async () => {
      if (found) await this.#admitKey(buckets, guess.keyHash, found.isWeak === true);
      else await this.#countWrongKey(buckets, guess.keyHash);
      return found?.value ?? null;
    });
  }

  /**
   * Judges a password. @param evaluate looks whether it is right; null: it is not
   * @throws PublicFault RATE_LIMITED after too many failures
   */
  async judgePassword<T>(guess: PasswordGuess, evaluate: () => Promise<T | null>): Promise<T | null> {
    const hash = this.secrets.lookupHash('password-guess', JSON.stringify([emailKey(guess.account), guess.passwordHash, guess.password]));
    const device = await this.#findDeviceBucket(guess);
    if (device !== null) return this.#look({ buckets: [device], hash }, evaluate);
    const addresses = addressesOf('password', guess.address);
    const account = bucketOf('account', emailKey(guess.account));
    const buckets = [account, ...addresses];
    return this.#turns.run(addresses[0] ?? account, () => this.#look({ buckets, hash }, evaluate));
  }

  /** Forgets what no window needs any more. */
  async forget(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.database.transaction(async (tx) => {
      const windowStart = toSqlInstant(new Date(now - WINDOW_MS));
      await tx.execute('DELETE FROM wrong_guess WHERE counted_at <= ?', [windowStart]);
      await tx.execute('DELETE FROM sign_in_failure WHERE window_started_at <= ?', [windowStart]);
      await tx.execute('DELETE FROM accepted_key WHERE accepted_at <= ?', [toSqlInstant(new Date(now - KNOWN_DAYS * 86_400_000))]);
    });
  }

  /**
   * A right key of the vendor's own making: it passes below the limit, and where it was accepted before, unless keys were guessed
   * there far beyond the limit. A weak one passes below the limit only.
   */
  async #admitKey(buckets: readonly string[], keyHash: string, isWeak: boolean): Promise<void> {
    const now = this.clock.now();
    const [full, known] = await Promise.all([listFull(this.database, buckets, now), this.#accepted.list(buckets, keyHash, now)]);
    const strange = new Map([...full].filter(([bucket]) => !known.has(bucket)));
    const isFar = full.size > 0 && (isWeak || (await listFull(this.database, beyond(buckets), now, MAX_BEYOND)).size > 0);
    const barred = isFar ? full : strange;
    if (barred.size > 0) throw rateLimited(longestOf(barred));
    await this.#accepted.remember(buckets, { hash: keyHash, known }, now);
  }

  async #countWrongKey(buckets: readonly string[], keyHash: string): Promise<void> {
    const guess = { hash: this.secrets.lookupHash('key-guess', keyHash), now: this.clock.now() };
    const refusal = await this.#countWrong(buckets, guess);
    if (refusal === null) return;
    await this.#countWrong(beyond(buckets), { ...guess, most: MAX_BEYOND });
    throw refusal;
  }

  /** Counts a wrong guess that nobody need look at. @returns RATE_LIMITED when it is one too many */
  async #countWrong(buckets: readonly string[], guess: Guess): Promise<PublicFault | null> {
    try {
      if ((await peekGuess(this.database, buckets, guess)) === 'KNOWN_WRONG') return null;
      await this.database.transaction(async (tx) => {
        await countGuess(tx, buckets, guess);
        await markWrong(tx, buckets, guess.hash);
      });
      return null;
    } catch (error) {
      if (error instanceof PublicFault && error.code === 'RATE_LIMITED') return error;
      throw error;
    }
  }

  /** A device that has guessed too often itself is any device again. */
  async #findDeviceBucket({ deviceId, account }: PasswordGuess): Promise<string | null> {
    if (deviceId === null) return null;
    const bucket = bucketOf('device', `${deviceId} ${emailKey(account)}`);
    return (await listFull(this.database, [bucket], this.clock.now())).has(bucket) ? null : bucket;
  }

  /** Passwords are counted before they are looked at: others may be guessing the same account at this moment. */
  async #look<T>({ buckets, hash }: Guessing, evaluate: () => Promise<T | null>): Promise<T | null> {
    const guess = { hash, now: this.clock.now() };
    if ((await peekGuess(this.database, buckets, guess)) === 'KNOWN_WRONG') return null;
    if ((await this.database.transaction((tx) => countGuess(tx, buckets, guess))) === 'KNOWN_WRONG') return null;
    const found = await evaluate();
    const [own = '', ...addresses] = buckets;
    await this.database.transaction(async (tx) => {
      if (found === null) return markWrong(tx, [own], hash);
      // A right password takes back its own try, and the account's or device's earlier failures.
      await clearBucket(tx, own);
      await takeBack(tx, addresses, hash);
    });
    return found;
  }
}

/** Keys and passwords are counted apart. */
function addressesOf(kind: 'key' | 'password', address: string | null): readonly string[] {
  return (address === null ? [] : addressBuckets(address)).map((bucket) => bucketOf(kind, bucket));
}

/** Where keys are counted that come although the limit is reached: by the widest of the address's blocks. */
const beyond = (buckets: readonly string[]): readonly string[] => buckets.slice(0, 1).map((bucket) => `beyond ${bucket}`);

/** Hashed, so that the table holds neither addresses nor names. */
function bucketOf(kind: 'account' | 'device' | 'key' | 'password', text: string): string {
  return `${kind}:${createHash('sha256').update(text).digest('hex')}`;
}
