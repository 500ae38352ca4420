import { tagKey } from '@slipway/shared';
import type { Dialect, SqlPart } from '../../database/transaction.js';
import type { ListDriver, Place, WindowList } from '../../database/window-list.js';
import {
  allOf,
  createdRange,
  endsSoon,
  expiryRange,
  lastDownloadRange,
  part,
  rowConditions,
  tagSql,
  updatesRange,
  type AskedAt,
  type Range,
} from './license-conditions.js';
import type { LicenseFilter } from './license-filter.js';
import { License } from './license.entity.js';

/** A question that no single index answers: along which index its answer is read, in which order, and what is tested entry by entry. */
interface Question {
  readonly filter: LicenseFilter;
  readonly at: AskedAt;
  readonly dialect: Dialect;
  /** The products that are asked for. */
  readonly products: SqlPart;
}

type Order = Pick<WindowList<License>, 'name' | 'isDescending' | 'drivers'>;

/** The order of what only a scan can answer, the rarest first; null where the indexes by product, status and end are enough. */
export function windowOrder(question: Question): WindowList<License> | null {
  const order = [byReference, byTag, byEndsSoon, byNeverUsed, byUpdates, byLastDownload, byCreation, byActive].flatMap(
    (of) => of(question) ?? [],
  )[0];
  return order ? { entity: License, ...order } : null;
}

function byReference(question: Question): Order | null {
  const { externalReference } = question.filter;
  if (externalReference == null) return null;
  return newestFirst(question, { index: 'ix_license_reference', where: part('external_reference = ?', externalReference) });
}

function byTag({ filter, at, products, dialect }: Question): Order | null {
  if (filter.tag == null) return null;
  const from =
    dialect === 'mysql'
      ? 'license_tag FORCE INDEX (PRIMARY) STRAIGHT_JOIN license ON license.id = license_tag.license_id'
      : 'license_tag CROSS JOIN license ON license.id = license_tag.license_id';
  const also = allOf([products, ...rowConditions(filter, at), ...soonConditions(filter, at)]);
  const where = part('tag_key = ?', tagKey(filter.tag));
  const driver = { from, key: 'license_id', id: 'license_id', where, begin: null, end: null, also };
  return { name: 'license by tag', isDescending: true, drivers: [driver] };
}

const soonConditions = ({ endsWithinDays }: LicenseFilter, at: AskedAt): readonly SqlPart[] => {
  if (endsWithinDays == null) return [];
  const either = Object.values(endsSoon(endsWithinDays, at)).map(({ low, high, also }) => allOf([low, high, also]));
  return [{ sql: `(${either.map(({ sql }) => `(${sql})`).join(' OR ')})`, parameters: either.flatMap(({ parameters }) => parameters) }];
};

/** Everything that is asked, for licenses that something else finds: a customer, a search. */
export function foundConditions(filter: LicenseFilter, at: AskedAt): readonly SqlPart[] {
  return [...rowConditions(filter, at), ...soonConditions(filter, at), ...(filter.tag == null ? [] : [tagSql(filter.tag)])];
}

/** The order's text of a day: its end, between the instants of that day and those of the next. */
const END_OF_DAY = ' 24';

/** Two indexes in one order: the ends of licenses, and of updates at the end of their day. */
function byEndsSoon(question: Question): Order | null {
  const { endsWithinDays } = question.filter;
  if (endsWithinDays == null) return null;
  const { license, updates } = endsSoon(endsWithinDays, question.at);
  const ofLicense = rangeDriver(question, { column: 'expires_at', index: 'ix_license_expires', range: license, also: license.also });
  const ofUpdates = rangeDriver(question, { column: 'updates_until', index: 'ix_license_updates', range: updates, also: updates.also });
  const drivers = [
    { ...ofLicense, after: afterInstant },
    { ...ofUpdates, placeOf: (day: string) => day + END_OF_DAY, after: afterDay },
  ];
  return { name: 'license by next end', isDescending: false, drivers };
}

function afterInstant({ key, id }: Place): readonly SqlPart[] {
  if (key.endsWith(END_OF_DAY)) return [part('expires_at > ?', `${key.slice(0, 10)} 23:59:59.999`)];
  return [part('expires_at = ? AND id > ?', key, id), part('expires_at > ?', key)];
}

function afterDay({ key, id }: Place): readonly SqlPart[] {
  const day = key.slice(0, 10);
  if (!key.endsWith(END_OF_DAY)) return [part('updates_until >= ?', day)];
  return [part('updates_until = ? AND id > ?', day, id), part('updates_until > ?', day)];
}

function byNeverUsed(question: Question): Order | null {
  if (question.filter.isNeverUsed !== true) return null;
  return newestFirst(question, { index: 'ix_license_last_download', where: part('last_download_at IS NULL') });
}

function byUpdates(question: Question): Order | null {
  const range = updatesRange(question.filter);
  if (!range) return null;
  const driver = rangeDriver(question, { column: 'updates_until', index: 'ix_license_updates', range });
  return { name: 'license by updates', isDescending: false, drivers: [driver] };
}

function byLastDownload(question: Question): Order | null {
  const range = lastDownloadRange(question.filter);
  if (!range) return null;
  // The most recent first: the range is read from its upper end.
  const { begin, end, ...driver } = rangeDriver(question, { column: 'last_download_at', index: 'ix_license_last_download', range });
  return {
    name: 'license by last download',
    isDescending: true,
    drivers: [{ ...driver, begin: end, end: begin ?? part('last_download_at IS NOT NULL') }],
  };
}

function byCreation(question: Question): Order | null {
  const range = createdRange(question.filter);
  if (!range) return null;
  const { begin, end, ...driver } = rangeDriver(question, { column: 'created_at', index: 'ix_license_created', range });
  return { name: 'license by creation', isDescending: true, drivers: [{ ...driver, begin: end, end: begin }] };
}

/** Within the status, by the end where one is asked for, else newest first. */
function byActive(question: Question): Order | null {
  if (question.filter.isActive !== true) return null;
  const range = expiryRange(question.filter);
  if (!range) return newestFirst(question, { index: 'ix_license_status', where: part(`status = 'ACTIVE'`) });
  const driver = rangeDriver(question, { column: 'expires_at', index: 'ix_license_status_expires', range });
  return { name: 'license by end', isDescending: false, drivers: [{ ...driver, where: part(`status = 'ACTIVE'`) }] };
}

interface RangeOf {
  readonly column: string;
  readonly index: string;
  readonly range: Range;
  readonly also?: SqlPart;
}

function rangeDriver(question: Question, { column, index, range, also }: RangeOf): ListDriver {
  const { filter, at, products, dialect } = question;
  return {
    from: indexed(dialect, index),
    key: column,
    id: 'id',
    where: part('1 = 1'),
    // Null has no place in a range; where the range is open below, an index would begin with it.
    begin: range.low ?? part(`${column} IS NOT NULL`),
    end: range.high,
    also: allOf([products, ...rowConditions(filter, at), ...(also ? [also] : [])]),
  };
}

function newestFirst({ filter, at, products, dialect }: Question, { index, where }: { index: string; where: SqlPart }): Order {
  const also = allOf([products, ...rowConditions(filter, at)]);
  const driver = { from: indexed(dialect, index), key: 'id', id: 'id', where, begin: null, end: null, also };
  return { name: index, isDescending: true, drivers: [driver] };
}

const indexed = (dialect: Dialect, index: string): string =>
  dialect === 'mysql' ? `license FORCE INDEX (${index})` : `license INDEXED BY ${index}`;
