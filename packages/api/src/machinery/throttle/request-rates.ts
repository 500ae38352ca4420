import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { tooManyRequests } from '../../kernel/problem/faults.js';

const MINUTE_MS = 60_000;
/** Replicas know of each other's counts within twice this time (DESIGN.md, section 6: within 2 seconds). */
const SHARE_AFTER_MS = 1_000;
/** Callers below this are not worth a row: each replica gives them so many more at most. */
const SHARED_FROM = 10;
const ROWS_AT_ONCE = 200;

/** How many requests a minute; 0: no limit. */
export interface RequestLimits {
  /** Of everybody without a key, token or session at one address, IPv6 /64 and /48. */
  readonly anonymous: number;
  /** Of one key or token, wherever it is used. */
  readonly credential: number;
}

interface Count {
  /** All that is known, other replicas included. */
  total: number;
  /** What the others do not know yet. */
  unshared: number;
}

/**
 * Bounds how often one caller asks in one minute of the clock. Counting is a look into memory; replicas tell each other
 * through the database, SQLite has only one process.
 */
export class RequestRates {
  #minute = 0;
  readonly #counts = new Map<string, Count>();
  #timer: NodeJS.Timeout | null = null;
  /** Whether requests were forwarded by somebody who is not trusted, so that their addresses count for nothing. */
  hasUntrustedProxy = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one request in each bucket.
   * @param limit whose limit it is, and how many that are @throws PublicFault RATE_LIMITED with the seconds until the next minute, when one is full
   */
  count(buckets: readonly string[], { of, most }: { of: keyof RequestLimits; most: number }): void {
    if (most === 0) return;
    const now = this.clock.now().getTime();
    this.#turnTo(Math.floor(now / MINUTE_MS));
    // Looked at first: a flood of refused requests leaves nothing in memory.
    if (buckets.some((bucket) => (this.#counts.get(bucket)?.total ?? 0) >= most))
      throw tooManyRequests(of, most, Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / 1_000));
    for (const bucket of buckets) {
      const count = this.#countOf(bucket);
      count.total += 1;
      count.unshared += 1;
    }
    if (this.database.dialect === 'mysql') this.#shareSoon();
  }

  /** Adds what is new here to what all replicas know, and learns theirs. */
  async share(): Promise<void> {
    // The next minute may begin while this one is being shared; its counts must not be mixed with the next.
    const minute = this.#minute;
    const news = [...this.#counts].filter(([, { total, unshared }]) => unshared > 0 && total >= SHARED_FROM);
    // In one order everywhere: two replicas never wait for each other's rows.
    news.sort(([one], [other]) => (one < other ? -1 : 1));
    for (let index = 0; index < news.length; index += ROWS_AT_ONCE)
      await this.#shareSome(new Map(news.slice(index, index + ROWS_AT_ONCE)), minute);
  }

  /** Forgets the minutes that are over. */
  async forget(): Promise<void> {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS) - 1;
    await this.database.transaction((tx) => tx.execute('DELETE FROM request_count WHERE minute < ?', [minute]));
  }

  #turnTo(minute: number): void {
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#counts.clear();
  }

  #countOf(bucket: string): Count {
    const known = this.#counts.get(bucket);
    if (known) return known;
    const fresh = { total: 0, unshared: 0 };
    this.#counts.set(bucket, fresh);
    return fresh;
  }

  #shareSoon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      // A database that cannot be reached fails every other request too and is reported there; the counts wait.
      void this.share()
        .catch(() => undefined)
        .finally(() => (this.#timer = null));
    }, SHARE_AFTER_MS).unref();
  }

  async #shareSome(news: ReadonlyMap<string, Count>, minute: number): Promise<void> {
    const sent = [...news].map(([bucket, { unshared }]) => ({ bucket, requests: unshared }));
    await this.database.transaction((tx) => addRequests(tx, sent, minute));
    for (const { bucket, requests } of sent) {
      const count = news.get(bucket);
      if (count) count.unshared -= requests;
    }
    const rows = await this.database.query<{ bucket: string; requests: number }>(
      `SELECT bucket, requests FROM request_count WHERE minute = ? AND bucket IN (${sent.map(() => '?').join(', ')})`,
      [minute, ...news.keys()],
    );
    for (const row of rows) {
      const count = news.get(row.bucket);
      if (count) count.total = Number(row.requests) + count.unshared;
    }
  }
}

/** Adds up; of an earlier minute nothing is left, and what a replica with a slow clock counted for one is nobody's any more. */
async function addRequests(tx: Transaction, sent: readonly { bucket: string; requests: number }[], minute: number): Promise<void> {
  const isMysql = tx.dialect === 'mysql';
  const fresh = (name: string): string => (isMysql ? `VALUES(${name})` : `excluded.${name}`);
  await tx.execute(
    `INSERT INTO request_count (bucket, minute, requests) VALUES ${sent.map(() => '(?, ?, ?)').join(', ')}
     ${isMysql ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (bucket) DO UPDATE SET'}
       requests = CASE WHEN minute = ${fresh('minute')} THEN requests + ${fresh('requests')}
                       WHEN minute < ${fresh('minute')} THEN ${fresh('requests')} ELSE requests END,
       minute = CASE WHEN minute < ${fresh('minute')} THEN ${fresh('minute')} ELSE minute END`,
    sent.flatMap(({ bucket, requests }) => [bucket, minute, requests]),
  );
}
