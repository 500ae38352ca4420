import type { Database } from '../../../database/database.js';
import type { SqlValue, Transaction } from '../../../database/transaction.js';

/**
 * Whose updates ended on some day is offered the highest version that came out until then. Versions mostly ascend with their dates, so a
 * walk down the versions would pass everything newer. `version_ceiling` says where to begin: on each day when something came out on a
 * channel, a key above which nothing published lies that came out until then. It only bounds: what is taken back leaves it too high
 * until it is rebuilt, which costs a longer walk and changes no answer.
 */
interface Published {
  readonly productId: string;
  readonly channel: string;
  /** The first release date. */
  readonly day: string;
  readonly versionKey: string;
}

const WHERE = 'product_id = ? AND channel = ?';

/** Of one channel one transaction at a time writes ceilings: each depends on the others. */
async function lockChannel(tx: Transaction, productId: string, channel: string): Promise<void> {
  const lock = tx.dialect === 'mysql' ? ' FOR UPDATE' : '';
  await tx.query(`SELECT name FROM product_channel WHERE product_id = ? AND name = ?${lock}`, [productId, channel]);
}

/** Raises the ceilings from a release's first day on. */
export async function raiseCeiling(tx: Transaction, { productId, channel, day, versionKey }: Published): Promise<void> {
  await lockChannel(tx, productId, channel);
  const own = [productId, channel];
  const [before] = await tx.query<{ day: string; version_key: string }>(
    `SELECT first_release_date AS day, version_key FROM version_ceiling WHERE ${WHERE} AND first_release_date <= ? ORDER BY first_release_date DESC LIMIT 1`,
    [...own, day],
  );
  const highest = before && before.version_key > versionKey ? before.version_key : versionKey;
  if (before?.day !== day)
    await tx.execute('INSERT INTO version_ceiling (product_id, channel, first_release_date, version_key) VALUES (?, ?, ?, ?)', [
      ...own,
      day,
      highest,
    ]);
  await tx.execute(`UPDATE version_ceiling SET version_key = ? WHERE ${WHERE} AND first_release_date >= ? AND version_key < ?`, [
    highest,
    ...own,
    day,
    highest,
  ]);
}

/** By channel the key above which nothing lies that came out until a day; a channel on which nothing had come out is missing. */
export async function ceilingsOf(
  database: Pick<Database, 'query'>,
  { productId, channels, until }: { readonly productId: string; readonly channels: readonly string[]; readonly until: string },
): Promise<ReadonlyMap<string, string>> {
  if (channels.length === 0) return new Map();
  const probe = `SELECT channel, version_key FROM version_ceiling WHERE ${WHERE} AND first_release_date <= ? ORDER BY first_release_date DESC LIMIT 1`;
  const rows = await database.query<{ channel: string; version_key: string }>(
    channels.map((_, index) => `SELECT * FROM (${probe}) AS probe${index}`).join(' UNION ALL '),
    channels.flatMap((channel): SqlValue[] => [productId, channel, until]),
  );
  return new Map(rows.map((row) => [row.channel, row.version_key]));
}

/** Rows that one statement inserts. */
const BATCH = 1_000;

/** Writes the ceilings of a product's channel again, exactly as its published releases say. */
export async function rebuildCeilings(tx: Transaction, productId: string, channel: string): Promise<void> {
  await lockChannel(tx, productId, channel);
  await tx.execute(`DELETE FROM version_ceiling WHERE ${WHERE}`, [productId, channel]);
  const days = await tx.query<{ day: string; version_key: string }>(
    `SELECT first_release_date AS day, MAX(version_key) AS version_key FROM downloadable
     WHERE product_id = ? AND status = 'PUBLISHED' AND channel = ? AND first_release_date IS NOT NULL
     GROUP BY first_release_date ORDER BY first_release_date`,
    [productId, channel],
  );
  let ceiling = '';
  const rows = days.map(({ day, version_key: highest }) => [productId, channel, day, (ceiling = highest > ceiling ? highest : ceiling)]);
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await tx.execute(
      `INSERT INTO version_ceiling (product_id, channel, first_release_date, version_key) VALUES ${batch.map(() => '(?, ?, ?, ?)').join(', ')}`,
      batch.flat(),
    );
  }
}
