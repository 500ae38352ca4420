import { calendarDate, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { GatheredInserts } from '../../../database/gathered-inserts.js';
import { fromSqlInstant, toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newEventId } from '../../../kernel/ids.js';
import { mayUse } from '../../../kernel/policy.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { isCountedRecently, type JudgedRelease } from '../access/access-facts.js';
import type { DownloadEvent } from '../download.entities.js';
import { countInStatistics, isInStatistics } from './download-counters.js';
import { downloadedOf, sourceOf, type DownloadWay } from './download-source.js';
import { EVENT_COLUMNS, eventRow } from './event-rows.js';
import { grantedTo } from './granted-to.js';
import { countVisit, OPEN_SCOPE, type Visitors } from './visitors.js';

export interface DownloadRecorderUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly visitors: Visitors;
}

/** A yes that is about to be kept. */
interface Granted {
  readonly decision: EntitlementDecision;
  readonly release: JudgedRelease;
  readonly way: DownloadWay;
}

/** Counts a download against a license or a visitor. */
interface Counting {
  readonly event: DownloadEvent;
  /** What tells a visitor without a license apart. */
  readonly hashes: readonly string[];
  readonly timeZone: string;
}

/** Writes down which downloads were granted, and counts those that count. */
export class DownloadRecorder {
  /** Records that change nothing else: of what was counted within 24 hours, and of the vendor's own. */
  readonly #plain: GatheredInserts;

  constructor(private readonly use: DownloadRecorderUse) {
    this.#plain = new GatheredInserts(use.database, 'download_event', EVENT_COLUMNS);
  }

  /** Resolves once the record is committed; LIMIT_REACHED when another request took the last download since the decision. */
  async record(context: RequestContext, granted: Granted): Promise<'RECORDED' | 'LIMIT_REACHED'> {
    const { timeZone, logAddress } = await this.use.settings.read();
    const event = this.#eventOf(context, granted, logAddress);
    const isFree = granted.release.isSideFile || isOfStaff(context, granted.release);
    if (isFree ? !isInStatistics(event) : isRepeated(event, granted.release)) {
      await this.#plain.add(eventRow(event));
      return 'RECORDED';
    }
    const hashes = isFree || event.licenseId !== null ? [] : await this.use.visitors.hashesOfCaller(context);
    return this.use.database.transaction((tx) =>
      event.licenseId !== null && !isFree ? countLicensed(tx, { event, hashes, timeZone }) : countVisited(tx, { event, hashes, timeZone }),
    );
  }

  #eventOf(context: RequestContext, { decision, release, way }: Granted, logAddress: string): DownloadEvent {
    const isStaff = isOfStaff(context, release);
    const at = this.use.clock.now();
    return {
      id: newEventId(at),
      at,
      ...downloadedOf(release),
      source: sourceOf(context.actor, way, isStaff),
      ...grantedTo(context, { licenseId: isStaff ? null : decision.licenseId, logAddress }),
      shareLinkId: null,
      isCounted: false,
    };
  }
}

/** The downloads of staff, and those of side files, are recorded but never counted. */
const isOfStaff = ({ actor }: RequestContext, { row }: JudgedRelease): boolean => mayUse(actor, 'release:read', row.productId);

/** Whether the license's download of this file was counted within 24 hours: by what decided, so that nothing is locked for it. */
function isRepeated({ licenseId, at }: DownloadEvent, { downloads }: JudgedRelease): boolean {
  const before = downloads.find((one) => one.licenseId === licenseId);
  return before !== undefined && isCountedRecently(before, at);
}

async function countLicensed(tx: Transaction, { event, timeZone }: Counting): Promise<'RECORDED' | 'LIMIT_REACHED'> {
  const isCounted = await countOnce(tx, event);
  if (isCounted === 'LIMIT_REACHED') return isCounted;
  await insertEvent(tx, { ...event, isCounted });
  if (isCounted) await countInStatistics(tx, { ...event, day: calendarDate(event.at, timeZone) });
  return 'RECORDED';
}

/** The ranges and resumes of a visitor are one download: only the first is written down. */
async function countVisited(tx: Transaction, { event, hashes, timeZone }: Counting): Promise<'RECORDED'> {
  if (!(await countVisit(tx, { scopeId: OPEN_SCOPE, fileId: event.assetId, hashes }, event.at))) return 'RECORDED';
  await insertEvent(tx, event);
  await countInStatistics(tx, { ...event, day: calendarDate(event.at, timeZone) });
  return 'RECORDED';
}

/** Counts one download of a license and a file within 24 hours once. The license's row is locked: two requests cannot both take the last one. */
async function countOnce(tx: Transaction, { licenseId, assetId, at }: DownloadEvent): Promise<boolean | 'LIMIT_REACHED'> {
  const now = toSqlInstant(at);
  await tx.query(`SELECT id FROM license WHERE id = ?${tx.dialect === 'sqlite' ? '' : ' FOR UPDATE'}`, [licenseId]);
  const key = [licenseId, assetId];
  const [known] = await tx.query<{ counted_at: string | Date }>(
    'SELECT counted_at FROM license_download WHERE license_id = ? AND asset_id = ?',
    key,
  );
  if (known && isCountedRecently({ countedAt: fromSqlInstant(known.counted_at) }, at)) return false;
  const counted = await tx.execute(
    'UPDATE license SET downloads_used = downloads_used + 1, last_download_at = ? WHERE id = ? AND (max_downloads IS NULL OR downloads_used < max_downloads)',
    [now, licenseId],
  );
  if (counted === 0) return 'LIMIT_REACHED';
  const write = known
    ? 'UPDATE license_download SET counted_at = ? WHERE license_id = ? AND asset_id = ?'
    : 'INSERT INTO license_download (counted_at, license_id, asset_id) VALUES (?, ?, ?)';
  await tx.execute(write, [now, ...key]);
  return true;
}

/** Writes a download down in a transaction that counts it. */
export async function insertEvent(tx: Transaction, event: DownloadEvent): Promise<void> {
  const row = eventRow(event);
  const marks = EVENT_COLUMNS.map(() => '?').join(', ');
  await tx.execute(
    `INSERT INTO download_event (${EVENT_COLUMNS.join(', ')}) VALUES (${marks})`,
    EVENT_COLUMNS.map((column) => row[column]),
  );
}
