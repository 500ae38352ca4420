import type { QueryRunner } from 'typeorm';
import { code, createTable, date, id, nullable } from '../ddl.js';
import type { Migration } from './migration.js';

/** Releases whose files one statement writes: a big table is not locked as a whole. */
const BATCH = 1_000;

/**
 * Of what is published: which files there are for which computer, so that an update check reads one index. Filled from the files as they
 * stand, signatures among them, which are passed when they are met; `project` writes exactly those that updates are taken from.
 */
export class UpdateTargets1764560000000 implements Migration {
  readonly name = 'UpdateTargets1764560000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'update_target', {
      columns: {
        product_id: id,
        platform: code(16),
        architecture: code(16),
        channel: code(32),
        version_key: code(255),
        downloadable_id: id,
        first_release_date: nullable(date),
      },
      primary: ['product_id', 'platform', 'architecture', 'channel', 'version_key'],
      indexes: { ix_update_target_owner: ['downloadable_id'] },
      references: { downloadable_id: 'downloadable' },
    });
    await createTable(runner, 'version_ceiling', {
      columns: { product_id: id, channel: code(32), first_release_date: date, version_key: code(255) },
      primary: ['product_id', 'channel', 'first_release_date'],
    });
    await fillTargets(runner);
    await fillCeilings(runner);
  }
}

async function fillTargets(runner: QueryRunner): Promise<void> {
  for (let last = ''; ;) {
    const ids: { id: string }[] = await runner.query(`SELECT id FROM downloadable WHERE id > ? ORDER BY id LIMIT ${BATCH}`, [last]);
    const end = ids.at(-1)?.id;
    if (end === undefined) return;
    await runner.query(
      `INSERT INTO update_target (product_id, platform, architecture, channel, version_key, downloadable_id, first_release_date)
       SELECT DISTINCT d.product_id, a.platform, COALESCE(a.architecture, ''), d.channel, d.version_key, d.id, d.first_release_date
       FROM downloadable d JOIN asset a ON a.revision_id = d.live_revision_id
       WHERE d.id > ? AND d.id <= ? AND d.status = 'PUBLISHED' AND a.type IN ('UPDATE', 'INSTALLER', 'OTHER')`,
      [last, end],
    );
    last = end;
  }
}

/** The highest version until each day, by product and channel. */
async function fillCeilings(runner: QueryRunner): Promise<void> {
  const channels: { product_id: string; name: string }[] = await runner.query('SELECT product_id, name FROM product_channel');
  for (const { product_id: productId, name } of channels) {
    const days: { day: string; version_key: string }[] = await runner.query(
      `SELECT first_release_date AS day, MAX(version_key) AS version_key FROM downloadable
       WHERE product_id = ? AND status = 'PUBLISHED' AND channel = ? AND first_release_date IS NOT NULL
       GROUP BY first_release_date ORDER BY first_release_date`,
      [productId, name],
    );
    let ceiling = '';
    const rows = days.map(({ day, version_key: highest }) => [productId, name, day, (ceiling = highest > ceiling ? highest : ceiling)]);
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      const marks = batch.map(() => '(?, ?, ?, ?)').join(', ');
      await runner.query(
        `INSERT INTO version_ceiling (product_id, channel, first_release_date, version_key) VALUES ${marks}`,
        batch.flat(),
      );
    }
  }
}
