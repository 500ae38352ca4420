import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, addIndexes, code, createTable, id, int } from '../ddl.js';

/** Events that are read, and counters that are written, at a time. */
const BATCH = 2_000;
const WRITE_BATCH = 150;
/** Counters that are kept before they are written. */
const MAX_IN_MEMORY = 20_000;
/** As `side-file.ts` had it when this was written. */
const SIDE_FILE = /\.(?:sig|asc|minisig|sha256|sha512|blockmap)$/;

/** Downloads are counted by day; the log tells platform and source of each, and the counters begin with what it has. */
export class DownloadCounts1763740000000 implements MigrationInterface {
  readonly name = 'DownloadCounts1763740000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'download_counter', {
      columns: { scope_id: code(26), dimension: code(8), day: code(10), member: code(26), total: int },
      primary: ['scope_id', 'dimension', 'day', 'member'],
    });
    await addColumns(runner, 'download_event', { platform: code(16) });
    await addIndexes(runner, 'license_download', { ix_license_download_asset: ['asset_id', 'license_id'] });
    await createTable(runner, 'release_target', {
      columns: { product_id: code(26), channel: code(32), platform: code(16), version_key: code(255), downloadable_id: id },
      primary: ['product_id', 'channel', 'platform', 'version_key'],
      indexes: { ix_release_target_owner: ['downloadable_id'] },
      references: { downloadable_id: 'downloadable' },
    });
    await listTargets(runner);
    await nameSources(runner);
    await namePlatforms(runner);
    await count(runner);
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: counts of downloads would be lost. Restore a backup instead.');
  }
}

async function listTargets(runner: QueryRunner): Promise<void> {
  for (const platform of ['WINDOWS', 'MACOS', 'LINUX', 'ANDROID', 'IOS', 'WEB', 'ALL'])
    await runner.query(
      `INSERT INTO release_target (product_id, channel, platform, version_key, downloadable_id)
       SELECT product_id, channel, '${platform}', version_key, id FROM downloadable WHERE status = 'PUBLISHED'
       AND (platforms = ? OR platforms LIKE ? OR platforms LIKE ? OR platforms LIKE ?)`,
      [platform, `${platform},%`, `%,${platform}`, `%,${platform},%`],
    );
}

/** Until now the log told only the way: API or PERMALINK. */
async function nameSources(runner: QueryRunner): Promise<void> {
  const staff = `SELECT id FROM user_account WHERE role <> 'CUSTOMER'`;
  await runner.query(`UPDATE download_event SET source = 'TOKEN' WHERE token_id IS NOT NULL`);
  await runner.query(`UPDATE download_event SET source = 'STAFF' WHERE user_id IN (${staff})`);
  await runner.query(`UPDATE download_event SET source = 'PORTAL' WHERE source = 'API' OR (source = 'PERMALINK' AND user_id IS NOT NULL)`);
}

/** Side files, and files that are gone, have none. */
async function namePlatforms(runner: QueryRunner): Promise<void> {
  const assets: { id: string; revision_id: string; file_name_key: string; platform: string }[] = await runner.query(
    'SELECT id, revision_id, file_name_key, platform FROM asset',
  );
  const names = new Set(assets.map((asset) => `${asset.revision_id} ${asset.file_name_key}`));
  const isSideFile = ({ revision_id, file_name_key }: (typeof assets)[number]): boolean => {
    for (let name = file_name_key; SIDE_FILE.test(name);) {
      name = name.replace(SIDE_FILE, '');
      if (names.has(`${revision_id} ${name}`)) return true;
    }
    return false;
  };
  await runner.query(`UPDATE download_event SET platform = (SELECT platform FROM asset WHERE asset.id = download_event.asset_id)`);
  const sides = assets.filter(isSideFile).map((asset) => asset.id);
  await runner.query('CREATE INDEX ix_download_event_asset ON download_event (asset_id)');
  for (const id of sides) await runner.query('UPDATE download_event SET platform = NULL WHERE asset_id = ?', [id]);
  const isMysql = runner.dataSource.options.type === 'mariadb';
  await runner.query(`DROP INDEX ix_download_event_asset${isMysql ? ' ON download_event' : ''}`);
}

interface EventRow {
  readonly id: string;
  readonly at: string | Date;
  readonly product_id: string;
  readonly downloadable_id: string;
  readonly asset_id: string;
  readonly platform: string;
  readonly source: string;
}

async function count(runner: QueryRunner): Promise<void> {
  const dayOf = await dayFormat(runner);
  const totals = new Map<string, number>();
  let last = '';
  for (;;) {
    const events: EventRow[] = await runner.query(
      `SELECT id, at, product_id, downloadable_id, asset_id, platform, source FROM download_event
       WHERE id > ? AND platform IS NOT NULL AND source <> 'STAFF' ORDER BY id LIMIT ${BATCH}`,
      [last],
    );
    for (const event of events)
      for (const key of keysOf(event, dayOf(event.at))) {
        const name = key.join('\n');
        totals.set(name, (totals.get(name) ?? 0) + 1);
      }
    last = events.at(-1)?.id ?? last;
    const isLast = events.length < BATCH;
    if (isLast || totals.size > MAX_IN_MEMORY) await write(runner, totals);
    if (isLast) return;
  }
}

function keysOf(event: EventRow, day: string): string[][] {
  const { product_id, downloadable_id, asset_id, platform, source } = event;
  return [
    ...['', product_id, downloadable_id].flatMap((scope) => [
      [scope, 'PLATFORM', day, platform],
      [scope, 'SOURCE', day, source],
    ]),
    ...['', product_id].map((scope) => [scope, 'VERSION', day, downloadable_id]),
    [downloadable_id, 'FILE', day, asset_id],
    [downloadable_id, 'FILE', '', asset_id],
  ];
}

/** Adds what was counted so far to the rows, and forgets it. */
async function write(runner: QueryRunner, totals: Map<string, number>): Promise<void> {
  const rows = [...totals].map(([name, total]) => [...name.split('\n'), total]);
  totals.clear();
  const isMysql = runner.dataSource.options.type === 'mariadb';
  const change = isMysql
    ? 'ON DUPLICATE KEY UPDATE total = total + VALUES(total)'
    : 'ON CONFLICT (scope_id, dimension, day, member) DO UPDATE SET total = total + excluded.total';
  for (let at = 0; at < rows.length; at += WRITE_BATCH) {
    const batch = rows.slice(at, at + WRITE_BATCH);
    const marks = batch.map(() => '(?, ?, ?, ?, ?)').join(', ');
    await runner.query(`INSERT INTO download_counter (scope_id, dimension, day, member, total) VALUES ${marks} ${change}`, batch.flat());
  }
}

/** The calendar date of an instant in the vendor's zone; SQLite answers text, mysql2 a Date. */
async function dayFormat(runner: QueryRunner): Promise<(at: string | Date) => string> {
  const [zone]: { value: string }[] = await runner.query(`SELECT value FROM setting WHERE name = 'timeZone'`);
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone?.value ?? 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(at instanceof Date ? at : new Date(`${at.replace(' ', 'T')}Z`));
}
