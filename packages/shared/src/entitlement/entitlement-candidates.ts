/** Which published releases `decideAccess` could allow at all, so that SQL need not look at the others. It decides nothing. */
import { calendarDate } from '../text/calendar.js';
import { expandChannels, STABLE_CHANNEL } from '../version/channel.js';
import { type AccessFacts, type LicenseFacts } from './entitlement.js';
import { lowerKeyOf, parseVersionRange, upperKeyOf } from '../version/version-range.js';

/** Every release that somebody may download meets one of these. Null bounds nothing. */
export interface ReleaseCandidates {
  readonly channels: readonly string[] | null;
  /** First release date, `YYYY-MM-DD`, inclusive. */
  readonly datedUntil: string | null;
  /** Sort keys of versions, inclusive. */
  readonly versionKeyFrom: string | null;
  readonly versionKeyUntil: string | null;
}

type Facts = Pick<AccessFacts, 'viewer' | 'product' | 'timeZone'> & {
  readonly licenses: readonly Omit<LicenseFacts, 'repeatableUntil' | 'downloadedBefore'>[];
};

const ANYTHING: ReleaseCandidates = { channels: null, datedUntil: null, versionKeyFrom: null, versionKeyUntil: null };

/** One for staff and for what is open to all, one for each license that still opens something; empty when nothing can be allowed. */
export function releaseCandidates(facts: Facts, now: Date): readonly ReleaseCandidates[] {
  if (facts.viewer.kind === 'STAFF') return [ANYTHING];
  if (facts.product.distribution === 'CLOSED') return [];
  const channelsOf = (names: readonly string[]): readonly string[] => [...expandChannels(facts.product.channels, names)];
  const open = facts.product.distribution === 'OPEN' ? [{ ...ANYTHING, channels: channelsOf([STABLE_CHANNEL]) }] : [];
  const licensed = facts.licenses
    .filter((license) => opensSomething(license, now))
    .map((license) => ({
      channels: channelsOf(license.channels.length === 0 ? [STABLE_CHANNEL] : license.channels),
      datedUntil: earliest([license.updatesUntil, fallbackDate(license, { now, timeZone: facts.timeZone })]),
      ...keysOf(license.versionRange),
    }));
  return [...open, ...licensed];
}

function opensSomething(license: Facts['licenses'][number], now: Date): boolean {
  if (license.status !== 'ACTIVE') return false;
  if (license.startsAt !== null && now < license.startsAt) return false;
  if (license.maxDownloads !== null && license.downloadsUsed >= license.maxDownloads) return false;
  return license.expiresAt === null || now < license.expiresAt || license.expiryPolicy === 'FALLBACK';
}

function fallbackDate({ expiresAt }: Facts['licenses'][number], { now, timeZone }: { now: Date; timeZone: string }): string | null {
  return expiresAt !== null && now >= expiresAt ? calendarDate(expiresAt, timeZone) : null;
}

const earliest = (dates: readonly (string | null)[]): string | null => dates.filter((date) => date !== null).toSorted()[0] ?? null;

function keysOf(range: string | null): Pick<ReleaseCandidates, 'versionKeyFrom' | 'versionKeyUntil'> {
  const parsed = range === null ? null : parseVersionRange(range);
  if (!parsed?.ok) return { versionKeyFrom: null, versionKeyUntil: null };
  return { versionKeyFrom: lowerKeyOf(parsed.value), versionKeyUntil: upperKeyOf(parsed.value) };
}
