import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';

const DAY_MS = 86_400_000;
/** How long a key is known where it was accepted (DESIGN.md, section 6). */
export const KNOWN_DAYS = 90;
/** Written down anew at most this often: keys come with every request of a program. */
const RENEWED_AFTER_MS = DAY_MS;

/** Remembers from which address blocks a key was accepted. */
export class AcceptedKeys {
  constructor(private readonly database: Database) {}

  /** The buckets in which a key was accepted lately, each with the time. */
  async list(buckets: readonly string[], keyHash: string, now: Date): Promise<Map<string, Date>> {
    const rows = await this.database.query<{ bucket: string; accepted_at: string | Date }>(
      `SELECT bucket, accepted_at FROM accepted_key WHERE key_hash = ? AND accepted_at > ? AND bucket IN (${buckets.map(() => '?').join(', ')})`,
      [keyHash, toSqlInstant(new Date(now.getTime() - KNOWN_DAYS * DAY_MS)), ...buckets],
    );
    return new Map(rows.map((row) => [row.bucket, fromSqlInstant(row.accepted_at)]));
  }

  /** Writes down that a key was accepted, where that is news. @param known what `list` said */
  async remember(buckets: readonly string[], key: { hash: string; known: ReadonlyMap<string, Date> }, now: Date): Promise<void> {
    const stale = buckets.filter((bucket) => now.getTime() - (key.known.get(bucket)?.getTime() ?? 0) > RENEWED_AFTER_MS);
    if (stale.length === 0) return;
    const acceptedAt = toSqlInstant(now);
    await this.database.transaction(async (tx) => {
      for (const bucket of stale) {
        const renewed = await tx.execute('UPDATE accepted_key SET accepted_at = ? WHERE bucket = ? AND key_hash = ?', [
          acceptedAt,
          bucket,
          key.hash,
        ]);
        if (renewed === 0) await tx.insertIfAbsent('accepted_key', { bucket, key_hash: key.hash, accepted_at: acceptedAt });
      }
    });
  }
}
