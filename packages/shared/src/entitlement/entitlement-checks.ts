/** The checks of one license, as a table in the order of DESIGN.md, section 4. The first that objects is the reason. */
import { calendarDate } from '../text/calendar.js';
import { expandChannels, STABLE_CHANNEL } from '../version/channel.js';
import { type AccessFacts, type LicenseFacts, type ReleaseFacts } from './entitlement.js';
import { type EntitlementReason } from './entitlement-text.js';
import { parseVersionRange, satisfiesRange } from '../version/version-range.js';
import { parseVersion } from '../version/version.js';

/** Everything a check may look at: one license against one release, today. */
interface LicenseCase {
  readonly facts: AccessFacts;
  readonly release: ReleaseFacts;
  readonly license: LicenseFacts;
  readonly now: Date;
}

type LicenseCheck = (given: LicenseCase) => EntitlementReason | null;

const LICENSE_CHECKS: readonly LicenseCheck[] = [
  checkSuspended,
  checkRevoked,
  checkStarted,
  checkExpiry,
  checkUpdates,
  checkVersion,
  checkChannel,
  checkPlatform,
  ({ facts, license }) => checkWithdrawn(facts, license.downloadedBefore),
  ({ facts }) => checkReady(facts),
  checkLimit,
];

/** The first check that objects to this license, or null when it allows the download. */
export function findLicenseMiss(given: LicenseCase): EntitlementReason | null {
  for (const check of LICENSE_CHECKS) {
    const miss = check(given);
    if (miss) return miss;
  }
  return null;
}

/** RELEASE_WITHDRAWN. @param mayRepeat whether a withdrawal of severity NORMAL lets this viewer through. */
export function checkWithdrawn({ release }: AccessFacts, mayRepeat: boolean): EntitlementReason | null {
  if (!release || (release.status !== 'WITHDRAWN' && release.withdrawal === null)) return null;
  const { withdrawal } = release;
  if (mayRepeat && withdrawal?.severity === 'NORMAL') return null;
  const { reason = null, severity = null, replacementId = null, replacementVersion: replacement = null } = withdrawal ?? {};
  const scope = release.status === 'WITHDRAWN' ? {} : { scope: 'REVISION' };
  return { code: 'RELEASE_WITHDRAWN', params: { reason, severity, replacement, replacementId, ...scope } };
}

/** ASSET_NOT_READY for a file whose bytes are not verified; a release as a whole has no such state. */
export function checkReady({ asset }: AccessFacts): EntitlementReason | null {
  return asset === null || asset.state === 'READY' ? null : { code: 'ASSET_NOT_READY', params: { state: asset.state } };
}

function checkSuspended(given: LicenseCase): EntitlementReason | null {
  return given.license.status === 'SUSPENDED' ? { code: 'LICENSE_SUSPENDED', params: standingOf(given) } : null;
}

function checkRevoked(given: LicenseCase): EntitlementReason | null {
  return given.license.status === 'REVOKED' ? { code: 'LICENSE_REVOKED', params: standingOf(given) } : null;
}

/** Since when, in the vendor's zone, and why, as far as customers are told. */
function standingOf({ license, facts }: LicenseCase): EntitlementReason['params'] {
  const since = license.statusChangedAt && calendarDate(license.statusChangedAt, facts.timeZone);
  return { since, reason: license.customerReason };
}

function checkStarted({ license, facts, now }: LicenseCase): EntitlementReason | null {
  if (license.startsAt === null || license.startsAt <= now) return null;
  return { code: 'LICENSE_NOT_STARTED', params: { startsOn: calendarDate(license.startsAt, facts.timeZone) } };
}

/** Expiry is an instant, and at that instant the license has expired; what FALLBACK keeps is a matter of dates. */
function checkExpiry(given: LicenseCase): EntitlementReason | null {
  const { license, facts, now } = given;
  if (license.expiresAt === null || now < license.expiresAt) return null;
  const expiredOn = calendarDate(license.expiresAt, facts.timeZone);
  if (license.expiryPolicy === 'REVOKE') return { code: 'LICENSE_EXPIRED', params: { expiredOn, releaseDate: null } };
  const releaseDate = releaseDateOf(given);
  return releaseDate <= expiredOn ? null : { code: 'LICENSE_EXPIRED', params: { expiredOn, releaseDate } };
}

function checkUpdates(given: LicenseCase): EntitlementReason | null {
  const coveredUntil = given.license.updatesUntil;
  const releaseDate = releaseDateOf(given);
  if (coveredUntil === null || releaseDate <= coveredUntil) return null;
  return { code: 'UPDATES_EXPIRED', params: { coveredUntil, releaseDate } };
}

/** A range or version that cannot be read covers nothing: a doubt never opens a door. */
function checkVersion({ license, release }: LicenseCase): EntitlementReason | null {
  const { versionRange: range } = license;
  if (range === null) return null;
  const parsedRange = parseVersionRange(range);
  const version = parseVersion(release.version);
  if (parsedRange.ok && version.ok && satisfiesRange(version.value, parsedRange.value)) return null;
  return { code: 'VERSION_NOT_COVERED', params: { range, version: release.version } };
}

function checkChannel({ license, release, facts }: LicenseCase): EntitlementReason | null {
  const names = license.channels.length === 0 ? [STABLE_CHANNEL] : license.channels;
  if (expandChannels(facts.product.channels, names).has(release.channel)) return null;
  return { code: 'CHANNEL_NOT_INCLUDED', params: { channel: release.channel } };
}

function checkPlatform({ license, facts }: LicenseCase): EntitlementReason | null {
  if (facts.asset === null || license.platforms.length === 0) return null;
  const { platform } = facts.asset;
  if (platform === 'ALL' || license.platforms.some((covered) => covered === platform || covered === 'ALL')) return null;
  return { code: 'PLATFORM_NOT_COVERED', params: { platform } };
}

function checkLimit({ license, now }: LicenseCase): EntitlementReason | null {
  if (!isUsedUp(license) || isRepeatable(license, now)) return null;
  return { code: 'DOWNLOAD_LIMIT', params: { limit: license.maxDownloads } };
}

const isUsedUp = ({ maxDownloads, downloadsUsed }: LicenseFacts): boolean => maxDownloads !== null && downloadsUsed >= maxDownloads;

const isRepeatable = ({ repeatableUntil }: LicenseFacts, now: Date): boolean => repeatableUntil !== null && now < repeatableUntil;

/** ALLOWED by this license; with the time when it ends for a file that was paid for with the last download. */
export function allowedBy(license: LicenseFacts): EntitlementReason {
  const until = isUsedUp(license) ? license.repeatableUntil : null;
  return { code: 'ALLOWED', params: until ? { repeatableUntil: until.toISOString() } : {} };
}

/** A published release has a date; should one lack it, it is judged as released today, the strictest reading. */
function releaseDateOf({ release, facts, now }: LicenseCase): string {
  return release.firstReleaseDate ?? calendarDate(now, facts.timeZone);
}
