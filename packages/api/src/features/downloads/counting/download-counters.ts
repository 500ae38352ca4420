import { calendarDate, type Platform } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { fromSqlInstant } from '../../../database/instants.js';
import type { SqlValue, Transaction } from '../../../database/transaction.js';
import { STAFF_SOURCE } from './download-source.js';

/** Under this scope the counters keep the sum over all products. */
export const EVERYTHING = '';
/** Under this day the counters of files keep their all-time sum. */
export const ALL_TIME = '';
/** Events that a rebuild reads, and counters that it writes, at a time. */
const BATCH = 2_000;
const WRITE_BATCH = 150;
/** Counters that a rebuild keeps before it writes them: its memory does not grow with the log. */
const MAX_IN_MEMORY = 20_000;
const KEY = ['scope_id', 'dimension', 'day', 'member'];

/** What one download counts for. */
export interface CountedDownload {
  readonly day: string;
  readonly productId: string;
  readonly downloadableId: string;
  readonly assetId: string;
  /** Null: a side file, which is no download of its own. */
  readonly platform: Platform | null;
  readonly source: string;
}

type CounterKey = readonly [scopeId: string, dimension: string, day: string, member: string];

/** Whether statistics count a download: the vendor's own and those of side files they do not; what repeats one is none. */
export function isInStatistics({ platform, source }: Pick<CountedDownload, 'platform' | 'source'>): boolean {
  return platform !== null && source !== STAFF_SOURCE;
}

/**
 * Counts one download, in one statement. Every transaction takes the rows in the same order of dimension and scope, so that
 * two never wait for each other; it comes last before the commit, because a release's rows of today are everybody's.
 */
export async function countInStatistics(tx: Transaction, download: CountedDownload): Promise<void> {
  if (!isInStatistics(download)) return;
  await addToCounters(
    tx,
    keysOf(download).map((key) => [key, 1]),
  );
}

/**
 * Counts again from the log of downloads, in the vendor's zone as it is now.
 * @param from first day to count again; earlier days stay as they are. Null: every day, for a log that is complete.
 */
export async function rebuildDownloadCounters(database: Database, timeZone: string, from: string | null = null): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.execute('DELETE FROM download_counter WHERE day = ? OR day >= ?', [ALL_TIME, from ?? '0000']);
    await countEvents(tx, timeZone, from ?? '0000');
    await tx.execute(
      `INSERT INTO download_counter (scope_id, dimension, day, member, total)
       SELECT scope_id, dimension, '${ALL_TIME}', member, SUM(total) FROM download_counter WHERE dimension = 'FILE' GROUP BY scope_id, dimension, member`,
    );
  });
}

/** The rows that one download adds one to; those of a day first, the all-time sum last. */
function keysOf({ day, productId, downloadableId, assetId, platform, source }: CountedDownload): CounterKey[] {
  const scopes = [EVERYTHING, productId, downloadableId];
  return [
    ...scopes.map((scope): CounterKey => [scope, 'PLATFORM', day, platform ?? '']),
    ...scopes.map((scope): CounterKey => [scope, 'SOURCE', day, source]),
    ...[EVERYTHING, productId].map((scope): CounterKey => [scope, 'VERSION', day, downloadableId]),
    [downloadableId, 'FILE', day, assetId],
    [downloadableId, 'FILE', ALL_TIME, assetId],
  ];
}

async function addToCounters(tx: Transaction, counts: readonly (readonly [CounterKey, number])[]): Promise<void> {
  const change =
    tx.dialect === 'sqlite'
      ? `ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET total = total + excluded.total`
      : 'ON DUPLICATE KEY UPDATE total = total + VALUES(total)';
  await tx.execute(
    `INSERT INTO download_counter (${KEY.join(', ')}, total) VALUES ${counts.map(() => '(?, ?, ?, ?, ?)').join(', ')} ${change}`,
    counts.flatMap(([key, total]): SqlValue[] => [...key, total]),
  );
}

interface EventRow {
  readonly id: string;
  readonly at: string | Date;
  readonly product_id: string;
  readonly downloadable_id: string;
  readonly asset_id: string;
  readonly platform: Platform | null;
  readonly source: string;
  readonly license_id: string | null;
  readonly is_counted: number | boolean;
}

/** Of a license's downloads those that repeat one within 24 hours are in the log, and in no statistics. */
const isFirst = ({ license_id, is_counted }: EventRow): boolean => license_id === null || Boolean(Number(is_counted));

/** Counts the events of the days from one on, without the all-time sums. */
async function countEvents(tx: Transaction, timeZone: string, from: string): Promise<void> {
  const totals = new Map<string, [CounterKey, number]>();
  let last = '';
  for (;;) {
    const events = await tx.query<EventRow>(
      `SELECT id, at, product_id, downloadable_id, asset_id, platform, source, license_id, is_counted FROM download_event WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
      [last],
    );
    const downloads = events
      .filter(isFirst)
      .map((event) => downloadOf(event, timeZone))
      .filter((one) => isInStatistics(one) && one.day >= from);
    for (const key of downloads.flatMap(keysOf).filter(([, , day]) => day !== ALL_TIME)) {
      const name = key.join(' ');
      totals.set(name, [key, (totals.get(name)?.[1] ?? 0) + 1]);
    }
    last = events.at(-1)?.id ?? last;
    const isLast = events.length < BATCH;
    if (isLast || totals.size > MAX_IN_MEMORY) await writeTotals(tx, totals);
    if (isLast) return;
  }
}

/** Adds what was counted so far to the rows, and forgets it. */
async function writeTotals(tx: Transaction, totals: Map<string, [CounterKey, number]>): Promise<void> {
  const counted = [...totals.values()];
  totals.clear();
  for (let at = 0; at < counted.length; at += WRITE_BATCH) await addToCounters(tx, counted.slice(at, at + WRITE_BATCH));
}

function downloadOf(event: EventRow, timeZone: string): CountedDownload {
  const { platform, source } = event;
  const day = calendarDate(fromSqlInstant(event.at), timeZone);
  return { day, productId: event.product_id, downloadableId: event.downloadable_id, assetId: event.asset_id, platform, source };
}
