import type { Database } from '../../../database/database.js';
import { Downloadable } from '../downloadable.entity.js';
import { forgetLeftFiles } from './listed-files.js';
import { project } from './projection.js';
import { rebuildCeilings } from './version-ceilings.js';

/** Ids that are read at a time; each release has a transaction of its own, so that nobody waits long. */
const BATCH = 500;

/**
 * Writes again what lists and searches read of every release (words, filters, targets, the flat copy), beside a running server. Needed
 * where releases were changed by a version that did not know all of it yet, as in a rolling upgrade.
 * @param report called after every batch with how many are done @returns how many releases there are
 */
export async function rebuildReleases(database: Database, report: (done: number) => void = () => undefined): Promise<number> {
  let [done, last] = [0, ''];
  for (;;) {
    const ids = await database.query<{ id: string }>('SELECT id FROM downloadable WHERE id > ? ORDER BY id LIMIT ?', [last, BATCH]);
    if (ids.length === 0) break;
    for (const { id } of ids)
      await database.transaction(async (tx) => {
        if (await tx.lock(Downloadable, { id })) await project(tx, id); // it may have been deleted meanwhile
      });
    done += ids.length;
    last = ids.at(-1)?.id ?? '';
    report(done);
  }
  await rebuildAllCeilings(database);
  await forgetLeftFiles(database);
  return done;
}

/** Of every product and channel in a transaction of its own. */
async function rebuildAllCeilings(database: Database): Promise<void> {
  const channels = await database.query<{ product_id: string; name: string }>(
    'SELECT product_id, name FROM product_channel ORDER BY product_id, name',
  );
  for (const { product_id: productId, name } of channels) await database.transaction((tx) => rebuildCeilings(tx, productId, name));
}
