import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from '../../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import { actorId, isKnown } from '../../../kernel/actor.js';
import type { Origin, RequestContext } from '../../../kernel/context.js';
import { DatedProofs } from '../../../kernel/secret/dated-proof.js';
import { randomToken, type Secrets } from '../../../kernel/secret/secrets.js';

const DAY_MS = 86_400_000;
/** A download of a visitor and its repetitions within this time are one (DESIGN.md, section 4). */
const COUNTED_ONCE_MS = DAY_MS;
/**
 * What a visitor of a share link gets again for one counted download; after that another one is counted. Sixteen connections and
 * their retries stay below; a cookie or address that serves everybody does not.
 */
export const MAX_REPETITIONS = 100;

const COOKIE_ID_BYTES = 16;
const COOKIE_ID_LENGTH = 22;
/** As long as visitors are told apart. */
const COOKIE_DAYS = 2;

/** Under this scope visitors of OPEN products are counted. */
export const OPEN_SCOPE = '';

/** Whose download of what. `hashes`: the visitor's by today's key and by yesterday's; none: nobody can be told apart. */
export interface VisitedFile {
  readonly scopeId: string;
  /** The asset, or the stored object of its bytes. */
  readonly fileId: string;
  readonly hashes: readonly string[];
}

/** Tells visitors without an account apart, for a day, and forgets them: addresses are kept by no table. */
export class Visitors {
  readonly #keys = new Map<string, string>();
  readonly #cookies: DatedProofs;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.#cookies = new DatedProofs(secrets, 'visitor-cookie', COOKIE_DAYS);
  }

  /** The cookie that a visitor gets from the share page; null: theirs is good. We give it, so that nobody chooses who they are. */
  newCookie({ visitorCookie }: Origin): string | null {
    if (this.#cookieIdOf(visitorCookie) !== null) return null;
    const id = randomBytes(COOKIE_ID_BYTES).toString('base64url');
    return id + this.#cookies.make(id, this.clock.now());
  }

  /** Whoever is known, by who they are, wherever they ask; everybody else as `hashesOf` says. */
  hashesOfCaller({ actor, origin }: RequestContext): Promise<readonly string[]> {
    return isKnown(actor) ? this.#hash(`actor ${actorId(actor)}`) : this.hashesOf(origin);
  }

  /**
   * A visitor by the key of today, then by that of yesterday: the share page's cookie, else address and program. Empty when
   * nothing tells them apart.
   */
  async hashesOf({ visitor, visitorCookie }: Origin): Promise<readonly string[]> {
    const cookieId = this.#cookieIdOf(visitorCookie);
    if (cookieId !== null) return this.#hash(`cookie ${cookieId}`);
    return visitor === null ? [] : this.#hash(visitor);
  }

  #cookieIdOf(cookie: string | null): string | null {
    const id = cookie?.slice(0, COOKIE_ID_LENGTH) ?? '';
    return cookie !== null && this.#cookies.isProof(cookie.slice(COOKIE_ID_LENGTH), id, this.clock.now()) ? id : null;
  }

  async #hash(visitor: string): Promise<readonly string[]> {
    const now = this.clock.now().getTime();
    const today = await this.#keyOf(dayOf(now), true);
    const yesterday = await this.#keyOf(dayOf(now - DAY_MS), false);
    return [today, yesterday].flatMap((key) => (key === null ? [] : createHmac('sha256', key).update(visitor).digest('hex')));
  }

  /** Deletes the keys that are older than 48 hours, and what they counted. */
  async forget(): Promise<void> {
    const now = this.clock.now().getTime();
    const oldest = dayOf(now - DAY_MS);
    for (const day of this.#keys.keys()) if (day < oldest) this.#keys.delete(day);
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM visitor_key WHERE day < ?', [oldest]);
      await tx.execute('DELETE FROM visitor_download WHERE counted_at <= ?', [toSqlInstant(new Date(now - COUNTED_ONCE_MS))]);
    });
  }

  async #keyOf(day: string, isMade: boolean): Promise<string | null> {
    const known = this.#keys.get(day);
    if (known !== undefined) return known;
    const find = () => this.database.query<{ secret: string }>('SELECT secret FROM visitor_key WHERE day = ?', [day]);
    let [row] = await find();
    if (!row && isMade) {
      await this.database.transaction((tx) => tx.insertIfAbsent('visitor_key', { day, secret: randomToken() }));
      [row] = await find();
    }
    if (!row) return null;
    this.#keys.set(day, row.secret);
    return row.secret;
  }
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const since = (now: Date): string => toSqlInstant(new Date(now.getTime() - COUNTED_ONCE_MS));
const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** When a visitor's downloads of some files were counted, where that was within 24 hours and may still be repeated. */
export async function listCounted(
  database: Pick<Transaction, 'query'>,
  files: Pick<VisitedFile, 'scopeId' | 'hashes'> & { readonly fileIds: readonly string[] },
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const { scopeId, hashes, fileIds } = files;
  if (hashes.length === 0 || fileIds.length === 0) return new Map();
  const rows = await database.query<{ asset_id: string; counted_at: string | Date }>(
    `SELECT asset_id, counted_at FROM visitor_download WHERE scope_id = ? AND asset_id IN (${marks(fileIds)})
     AND visitor_hash IN (${marks(hashes)}) AND counted_at > ? AND COALESCE(repetitions, 0) < ?`,
    [scopeId, ...fileIds, ...hashes, since(now), MAX_REPETITIONS],
  );
  return new Map(rows.map((row) => [row.asset_id, fromSqlInstant(row.counted_at)]));
}

/** Counts a visitor's download of a file, once in 24 hours. @returns whether it counts; without a visitor each one does */
export async function countVisit(tx: Transaction, file: VisitedFile, now: Date): Promise<boolean> {
  if (file.hashes.length === 0) return true;
  if ((await listCounted(tx, { ...file, fileIds: [file.fileId] }, now)).size > 0) return false;
  const [visitorHash = ''] = file.hashes;
  const row = { scope_id: file.scopeId, asset_id: file.fileId, visitor_hash: visitorHash };
  if (await tx.insertIfAbsent('visitor_download', { ...row, counted_at: toSqlInstant(now) })) return true;
  // One of earlier days, or repeated too often; of two at once the second finds it renewed.
  const renewed = await tx.execute(
    `UPDATE visitor_download SET counted_at = ?, repetitions = 0
     WHERE scope_id = ? AND asset_id = ? AND visitor_hash = ? AND (counted_at <= ? OR COALESCE(repetitions, 0) >= ?)`,
    [toSqlInstant(now), ...Object.values(row), since(now), MAX_REPETITIONS],
  );
  return renewed > 0;
}

/** Takes a repetition of what was counted for a visitor. @returns false when there is none, or no more of them */
export async function repeatVisit(tx: Transaction, file: VisitedFile, now: Date): Promise<boolean> {
  if (file.hashes.length === 0) return false;
  const repeated = await tx.execute(
    `UPDATE visitor_download SET repetitions = COALESCE(repetitions, 0) + 1 WHERE scope_id = ? AND asset_id = ?
     AND visitor_hash IN (${marks(file.hashes)}) AND counted_at > ? AND COALESCE(repetitions, 0) < ?`,
    [file.scopeId, file.fileId, ...file.hashes, since(now), MAX_REPETITIONS],
  );
  return repeated > 0;
}
