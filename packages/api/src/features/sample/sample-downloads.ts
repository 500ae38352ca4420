import { decideAccess, type Channel, type Distribution, type Platform } from '@slipway/shared';
import { IsNull } from 'typeorm';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { SqlValue } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { pastId } from '../../kernel/ids.js';
import { rebuildDownloadCounters } from '../downloads/counting/download-counters.js';
import { License } from '../licenses/license.entity.js';
import { ProductChannel } from '../products/product-channel.entity.js';

const DAY_MS = 86_400_000;
/** How far back the sample's customers have downloaded. */
const DAYS = 120;
const BATCH = 80;
/** Ways to a file, the usual ones more often. */
const SOURCES = ['PORTAL', 'PORTAL', 'PORTAL', 'PERMALINK', 'PERMALINK', 'TOKEN', 'LICENSE_KEY'] as const;

interface File {
  readonly id: string;
  readonly platform: Platform;
  readonly product_id: string;
  readonly downloadable_id: string;
  readonly distribution: Distribution;
  readonly channel: string;
  readonly release_date: string;
  readonly version: string;
  readonly file_name: string;
}

/** Who downloads what: each only what their license allowed on that day. */
interface Audience {
  readonly licenses: readonly License[];
  readonly channels: readonly (Channel & { readonly productId: string })[];
}

/** Makes a history of downloads: more on weekdays, and most in the days after a release. The same one every time. */
export async function createSampleDownloads({ database, clock }: { database: Database; clock: Clock }): Promise<void> {
  const files = await database.query<File>(
    `SELECT a.id, a.platform, a.file_name, d.product_id, d.id AS downloadable_id, d.release_date, d.version, d.channel, p.distribution
     FROM downloadable d JOIN product p ON p.id = d.product_id JOIN asset a ON a.revision_id = d.live_revision_id WHERE d.status = 'PUBLISHED' AND d.release_date IS NOT NULL ORDER BY d.version_key, a.file_name`,
  );
  const audience: Audience = {
    licenses: await database.read.find(License, { where: { maxDownloads: IsNull() }, order: { id: 'ASC' } }),
    channels: await database.read.find(ProductChannel, { order: { position: 'ASC' } }),
  };
  const events: Sampled[] = [];
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo -= 1) {
    const midnight = new Date(Math.floor(clock.now().getTime() / DAY_MS) * DAY_MS - daysAgo * DAY_MS);
    files.forEach((file, index) => {
      const count = countOf(file, midnight, index + daysAgo);
      for (let one = 0; one < count; one += 1) events.push(eventOf(file, midnight, one + index + daysAgo));
    });
  }
  const rows = events.filter(({ at }) => at <= clock.now()).flatMap((event) => rowsOf(event, audience));
  const marks = `(${COLUMNS.map(() => '?').join(', ')})`;
  await database.transaction(async (tx) => {
    for (let at = 0; at < rows.length; at += BATCH) {
      const batch = rows.slice(at, at + BATCH);
      await tx.execute(`INSERT INTO download_event (${COLUMNS.join(', ')}) VALUES ${batch.map(() => marks).join(', ')}`, batch.flat());
    }
  });
  await rebuildDownloadCounters(database, 'UTC');
}

/** Downloads of one file on one day. @param seed makes days differ */
function countOf(file: File, day: Date, seed: number): number {
  const age = Math.floor((day.getTime() - Date.parse(file.release_date)) / DAY_MS);
  if (age < 0) return 0;
  const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  const interest = 9 * Math.exp(-age / 12) + (age < 90 ? 1.2 : 0.15);
  const wave = 0.6 + ((seed * 7_919) % 100) / 110;
  return Math.floor(interest * wave * (isWeekend ? 0.45 : 1) * (file.platform === 'WINDOWS' ? 1.6 : 1));
}

/** One download of the sample. */
interface Sampled {
  readonly file: File;
  readonly at: Date;
  readonly source: string;
  readonly seed: number;
}

function eventOf(file: File, day: Date, seed: number): Sampled {
  const at = new Date(day.getTime() + ((seed * 4_513) % 86_400) * 1_000);
  return { file, at, seed, source: SOURCES[seed % SOURCES.length] ?? 'PORTAL' };
}

const COLUMNS =
  'id, at, product_id, downloadable_id, asset_id, version, file_name, platform, source, is_counted, license_id, customer_id, client'.split(
    ', ',
  );

/** The license by which somebody downloads, by turns; null: none opens the file. */
function holderOf({ file, at, seed }: Sampled, { licenses, channels }: Audience): License | null {
  const { channel, distribution, platform, product_id: productId, release_date: firstReleaseDate, version } = file;
  const own = licenses.filter((license) => license.productId === productId);
  const product = { distribution, channels: channels.filter((one) => one.productId === productId) };
  const release = { status: 'PUBLISHED', channel, version, firstReleaseDate, revisionFrozen: true, withdrawal: null } as const;
  const asset = { platform, state: 'READY' } as const;
  const isOpenTo = (license: License): boolean => {
    const licensed = [{ ...license, repeatableUntil: null, downloadedBefore: false }];
    return decideAccess({ viewer: { kind: 'CUSTOMER' }, timeZone: 'UTC', product, release, asset, licenses: licensed }, at).allowed;
  };
  const turn = seed % Math.max(1, own.length);
  return [...own.slice(turn), ...own.slice(0, turn)].find(isOpenTo) ?? null;
}

/** What is licensed is downloaded by somebody whose license allows it, or not at all. */
function rowsOf(event: Sampled, audience: Audience): SqlValue[][] {
  const { file, at, source } = event;
  const holder = holderOf(event, audience);
  if (holder === null && file.distribution !== 'OPEN') return [];
  const row = [
    pastId(at),
    toSqlInstant(at),
    file.product_id,
    file.downloadable_id,
    file.id,
    file.version,
    file.file_name,
    file.platform,
    source,
    holder ? 1 : 0,
    holder?.id ?? null,
    holder?.customerId ?? null,
    source === 'PORTAL' ? 'Browser' : 'curl',
  ];
  return [row];
}
