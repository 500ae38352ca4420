import type { Database } from '../../src/database/database.js';
import type { Transaction } from '../../src/database/transaction.js';
import { project } from '../../src/features/downloadables/projection/projection.js';
import { idOf } from './world.js';

/** Releases that are projected again. */
const SAMPLE = 120;
const FLAT = ['name', 'channel', 'release_date', 'sort_date', 'changelog_excerpt', 'asset_count', 'platforms', 'counted_status'];

/**
 * Takes everything derived from a sample of releases away, has the product write it again, and compares: a generator that
 * drifted from the product measures something else. Changes nothing in the end.
 * @throws Error naming the release that differs
 */
export async function checkFill(database: Database, count: number): Promise<void> {
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const ids = Array.from({ length: Math.min(SAMPLE, count) }, (_, place) => idOf('release', place * step));
  await database.rehearse(() =>
    database.transaction(async (tx) => {
      const written = new Map<string, string>();
      for (const id of ids) written.set(id, await derivedOf(tx, id));
      const counters = await countersOf(tx);
      for (const id of ids) await forget(tx, id);
      for (const id of ids) await project(tx, id);
      for (const id of ids) requireSame(`release ${id}`, written.get(id) ?? '', await derivedOf(tx, id));
      requireSame('the counters', counters, await countersOf(tx));
    }),
  );
  await checkCounters(database);
}

function requireSame(what: string, written: string, projected: string): void {
  if (written === projected) return;
  throw new Error(`The generator wrote ${what} otherwise than the product does.\n  written:   ${written}\n  projected: ${projected}`);
}

async function derivedOf(tx: Transaction, id: string): Promise<string> {
  const flat = await tx.query(`SELECT ${FLAT.join(', ')} FROM downloadable WHERE id = ?`, [id]);
  const targets = await tx.query(
    'SELECT product_id, channel, platform, version_key FROM release_target WHERE downloadable_id = ? ORDER BY platform',
    [id],
  );
  const updates = await tx.query('SELECT * FROM update_target WHERE downloadable_id = ? ORDER BY platform, architecture', [id]);
  const terms = await tx.query('SELECT term, sort_date FROM downloadable_term WHERE downloadable_id = ? ORDER BY term', [id]);
  const files = await tx.query('SELECT k.revision_id, k.files FROM revision_files k JOIN revision v ON v.id = k.revision_id WHERE v.downloadable_id = ?', [id]);
  return JSON.stringify([flat, targets, updates, terms, files]);
}

async function forget(tx: Transaction, id: string): Promise<void> {
  const status = `(SELECT counted_status FROM downloadable WHERE id = ?)`;
  const product = `(SELECT product_id FROM downloadable WHERE id = ?)`;
  await tx.execute(
    `UPDATE downloadable_counter SET total = total - 1 WHERE status = ${status} AND (product_id = ${product} OR product_id = '')`,
    [id, id],
  );
  await tx.execute('DELETE FROM release_target WHERE downloadable_id = ?', [id]);
  await tx.execute('DELETE FROM update_target WHERE downloadable_id = ?', [id]);
  await tx.execute('DELETE FROM revision_files WHERE revision_id IN (SELECT id FROM revision WHERE downloadable_id = ?)', [id]);
  await tx.execute('DELETE FROM downloadable_term WHERE downloadable_id = ?', [id]);
  await tx.execute(
    `UPDATE downloadable SET name = NULL, channel = '', sort_date = '', changelog_excerpt = '', asset_count = 0, platforms = '', counted_status = NULL WHERE id = ?`,
    [id],
  );
}

async function countersOf(tx: Pick<Transaction, 'query'>): Promise<string> {
  const rows = await tx.query<{ product_id: string; status: string; total: number }>(
    'SELECT product_id, status, total FROM downloadable_counter WHERE total > 0 ORDER BY product_id, status',
  );
  return rows.map((row) => `${row.product_id} ${row.status} ${Number(row.total)}`).join(', ');
}

async function checkCounters(database: Database): Promise<void> {
  const rows = await database.query<{ product_id: string; status: string; total: number }>(
    `SELECT '' AS product_id, status, COUNT(*) AS total FROM downloadable GROUP BY status
     UNION ALL SELECT product_id, status, COUNT(*) FROM downloadable GROUP BY product_id, status ORDER BY product_id, status`,
  );
  const counted = rows.map((row) => `${row.product_id} ${row.status} ${Number(row.total)}`).join(', ');
  requireSame('the counters of all releases', await countersOf(database), counted);
}
