import { createHmac } from 'node:crypto';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { Origin } from '../../kernel/context.js';
import { randomToken } from '../../kernel/secrets.js';

const DAY_MS = 86_400_000;
/** A download of a visitor and its repetitions within this time are one (DESIGN.md, section 4). */
const COUNTED_ONCE_MS = DAY_MS;

/** Under this scope visitors of OPEN products are counted. */
export const OPEN_SCOPE = '';

/** Whose download of what. `hashes`: the visitor's by today's key and by yesterday's; none: nobody can be told apart. */
export interface VisitedFile {
  readonly scopeId: string;
  readonly assetId: string;
  readonly hashes: readonly string[];
}

/** Tells visitors without an account apart, for a day, and forgets them: addresses are kept by no table. */
export class Visitors {
  readonly #keys = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A visitor by the key of today, then by that of yesterday; empty when nothing tells them apart. */
  async hashesOf({ visitor }: Origin): Promise<readonly string[]> {
    if (visitor === null) return [];
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

/** When a visitor's download of a file was counted, if that was within 24 hours; null: it was not. */
export async function findCountedAt(database: Pick<Transaction, 'query'>, file: VisitedFile, now: Date): Promise<Date | null> {
  if (file.hashes.length === 0) return null;
  const rows = await database.query<{ counted_at: string | Date }>(
    `SELECT counted_at FROM visitor_download WHERE scope_id = ? AND asset_id = ? AND visitor_hash IN (${file.hashes.map(() => '?').join(', ')}) AND counted_at > ?`,
    [file.scopeId, file.assetId, ...file.hashes, toSqlInstant(new Date(now.getTime() - COUNTED_ONCE_MS))],
  );
  return rows[0] ? fromSqlInstant(rows[0].counted_at) : null;
}

/** Counts a visitor's download of a file, once in 24 hours. @returns whether it counts; without a visitor each one does */
export async function countVisit(tx: Transaction, file: VisitedFile, now: Date): Promise<boolean> {
  const [visitorHash] = file.hashes;
  if (visitorHash === undefined) return true;
  if (await findCountedAt(tx, file, now)) return false;
  const row = { scope_id: file.scopeId, asset_id: file.assetId, visitor_hash: visitorHash };
  const countedAt = toSqlInstant(now);
  if (await tx.insertIfAbsent('visitor_download', { ...row, counted_at: countedAt })) return true;
  // One of earlier days; of two at once the second finds it renewed.
  const renewed = await tx.execute(
    'UPDATE visitor_download SET counted_at = ? WHERE scope_id = ? AND asset_id = ? AND visitor_hash = ? AND counted_at <= ?',
    [countedAt, ...Object.values(row), toSqlInstant(new Date(now.getTime() - COUNTED_ONCE_MS))],
  );
  return renewed > 0;
}
