import { addDays, calendarDate, endOfDay, tagKey } from '@slipway/shared';
import { toSqlInstant } from '../../database/instants.js';
import type { SqlPart, SqlValue } from '../../database/transaction.js';
import type { LicenseFilter } from './license-filter.js';

/** When a list is asked, and in which zone its days are. */
export interface AskedAt {
  readonly now: Date;
  readonly timeZone: string;
}

export const part = (sql: string, ...parameters: readonly SqlValue[]): SqlPart => ({ sql, parameters });

export const allOf = (parts: readonly SqlPart[]): SqlPart => ({
  sql: parts.map(({ sql }) => sql).join(' AND ') || '1 = 1',
  parameters: parts.flatMap(({ parameters }) => parameters),
});

/** Of a column, from the lower end to the upper; null: open. Null as a whole: nothing was asked of it. */
export interface Range {
  readonly low: SqlPart | null;
  readonly high: SqlPart | null;
}

function rangeOf(low: SqlPart | null, high: SqlPart | null): Range | null {
  return low === null && high === null ? null : { low, high };
}

const given = <T>(value: T | null | undefined, make: (value: T) => SqlPart): SqlPart | null => (value == null ? null : make(value));
const instant =
  (sql: string) =>
  (at: Date): SqlPart =>
    part(sql, toSqlInstant(at));

export const expiryRange = ({ expiresFrom, expiresBefore }: LicenseFilter): Range | null =>
  rangeOf(given(expiresFrom, instant('expires_at >= ?')), given(expiresBefore, instant('expires_at < ?')));
export const updatesRange = ({ updatesUntilFrom, updatesUntilTo }: LicenseFilter): Range | null =>
  rangeOf(
    given(updatesUntilFrom, (day) => part('updates_until >= ?', day)),
    given(updatesUntilTo, (day) => part('updates_until <= ?', day)),
  );
export const lastDownloadRange = ({ lastDownloadFrom, lastDownloadBefore }: LicenseFilter): Range | null =>
  rangeOf(given(lastDownloadFrom, instant('last_download_at >= ?')), given(lastDownloadBefore, instant('last_download_at < ?')));
export const createdRange = ({ createdFrom, createdBefore }: LicenseFilter): Range | null =>
  rangeOf(given(createdFrom, instant('created_at >= ?')), given(createdBefore, instant('created_at < ?')));

/** Everything that is asked of a license's own row, but for what ends soon. */
export function rowConditions(filter: LicenseFilter, { now }: AskedAt): readonly SqlPart[] {
  const ranges = [expiryRange, updatesRange, lastDownloadRange, createdRange].flatMap((of) => of(filter) ?? []);
  const { status, isActive, isNeverUsed, externalReference } = filter;
  return [
    ...ranges.flatMap(({ low, high }) => [low, high]),
    given(status, (one) => part('status = ?', one)),
    isActive === true ? activeSql(now) : null,
    isNeverUsed === true ? part('last_download_at IS NULL') : null,
    given(externalReference, (reference) => part('external_reference = ?', reference)),
  ].filter((one) => one !== null);
}

export const tagSql = (tag: string): SqlPart =>
  part('EXISTS (SELECT 1 FROM license_tag WHERE tag_key = ? AND license_id = license.id)', tagKey(tag));

const notExpired = (now: Date): SqlPart => part('(expires_at IS NULL OR expires_at > ?)', toSqlInstant(now));

/** In force now, as `licenseState` says it. */
function activeSql(now: Date): SqlPart {
  return allOf([part(`status = 'ACTIVE'`), part('(starts_at IS NULL OR starts_at <= ?)', toSqlInstant(now)), notExpired(now)]);
}

/** What ends within some days: the license in one range, its updates in the other. A license is in that of the two which comes first. */
export interface EndsSoon {
  readonly license: { readonly low: SqlPart; readonly high: SqlPart; readonly also: SqlPart };
  readonly updates: { readonly low: SqlPart; readonly high: SqlPart; readonly also: SqlPart };
}

const EXPIRY_DAY = 'SUBSTR(expires_at, 1, 10)';

export function endsSoon(days: number, { now, timeZone }: AskedAt): EndsSoon {
  const today = calendarDate(now, timeZone);
  const lastDay = addDays(today, days);
  const [from, until] = [toSqlInstant(now), toSqlInstant(endOfDay(lastDay, timeZone))];
  const isLive = part(`status <> 'REVOKED'`);
  return {
    license: {
      low: part('expires_at > ?', from),
      high: part('expires_at <= ?', until),
      also: allOf([isLive, part(`(updates_until IS NULL OR updates_until < ? OR updates_until >= ${EXPIRY_DAY})`, today)]),
    },
    updates: {
      low: part('updates_until >= ?', today),
      high: part('updates_until <= ?', lastDay),
      also: allOf([
        isLive,
        part(`(expires_at IS NULL OR expires_at > ? OR (expires_at > ? AND ${EXPIRY_DAY} > updates_until))`, until, from),
      ]),
    },
  };
}
