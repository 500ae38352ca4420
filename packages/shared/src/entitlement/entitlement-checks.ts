/** The rules of access as one table, in the order of DESIGN.md, section 4: `decideAccess` and `explainAccess` both read it. */
import { calendarDate } from '../text/calendar.js';
import { expandChannels, STABLE_CHANNEL } from '../version/channel.js';
import { type AccessFacts, type AccessRule, type LicenseFacts, type ReleaseFacts } from './entitlement.js';
import { type EntitlementReason } from './entitlement-text.js';
import { parseVersionRange, satisfiesRange } from '../version/version-range.js';
import { parseVersion } from '../version/version.js';
import { unreachable } from '../problem.js';
import { PUBLIC_STATUSES } from '../release/lifecycle.js';

/** Everything a rule may look at: one release, today, with one license or by no license at all. */
export interface RuleCase {
  readonly facts: AccessFacts;
  readonly release: ReleaseFacts;
  /** Null on the way that needs none, and where there is none. */
  readonly license: LicenseFacts | null;
  readonly now: Date;
}

/** A rule, and what objects to it in a case; null: nothing. */
export interface RuleCheck {
  readonly rule: AccessRule;
  readonly check: (given: RuleCase) => EntitlementReason | null;
}

const RELEASE: RuleCheck = { rule: 'RELEASE', check: checkOffered };
const PRODUCT: RuleCheck = { rule: 'PRODUCT', check: checkProduct };
const FILES: RuleCheck = { rule: 'FILES', check: ({ facts }) => checkReady(facts) };

const ofLicense = (rule: AccessRule, check: (license: LicenseFacts, given: RuleCase) => EntitlementReason | null): RuleCheck => ({
  rule,
  check: (given) => (given.license === null ? null : check(given.license, given)),
});

/** The way for all: the stable channel of an open product. */
export const OPEN_RULES: readonly RuleCheck[] = [
  RELEASE,
  PRODUCT,
  { rule: 'WITHDRAWN', check: ({ facts }) => checkWithdrawn(facts, facts.licenses.some(hasDownloaded)) },
  FILES,
];

/** The way by a license: every rule, in the order of DESIGN.md, section 4. */
export const LICENSE_RULES: readonly RuleCheck[] = [
  RELEASE,
  PRODUCT,
  { rule: 'LICENSE', check: checkLicensed },
  ofLicense('STATUS', checkStatus),
  ofLicense('START', checkStarted),
  ofLicense('END', checkExpiry),
  ofLicense('UPDATES', checkUpdates),
  ofLicense('VERSION', checkVersion),
  ofLicense('CHANNEL', checkChannel),
  ofLicense('PLATFORM', checkPlatform),
  ofLicense('WITHDRAWN', ({ downloadedBefore }, { facts }) => checkWithdrawn(facts, downloadedBefore)),
  FILES,
  ofLicense('LIMIT', checkLimit),
];

/** One way to a release: the rules that are asked, and with which license. */
export interface AccessWay {
  readonly rules: readonly RuleCheck[];
  readonly license: LicenseFacts | null;
}

/** The ways by which somebody who is no staff and has no share link may get a release; one at least. */
export function accessWays(facts: AccessFacts, release: ReleaseFacts): readonly AccessWay[] {
  const { distribution, channels } = facts.product;
  if (distribution === 'OPEN' && expandChannels(channels, [STABLE_CHANNEL]).has(release.channel))
    return [{ rules: OPEN_RULES, license: null }];
  const isCustomer = facts.viewer.kind === 'CUSTOMER' && facts.licenses.length > 0;
  const licenses: readonly (LicenseFacts | null)[] = isCustomer ? facts.licenses : [null];
  return licenses.map((license) => ({ rules: LICENSE_RULES, license }));
}

/** The first rule that objects, or null when the way is open. */
export function findMiss(
  { rules, license }: AccessWay,
  given: Omit<RuleCase, 'license'>,
): (EntitlementReason & { rule: AccessRule }) | null {
  const asked = { ...given, license };
  for (const { rule, check } of rules) {
    const miss = check(asked);
    if (miss) return { ...miss, rule };
  }
  return null;
}

/** Drafts, scheduled and unpublished releases do not exist for customers, nor does the draft of a next revision. */
function checkOffered({ release }: RuleCase): EntitlementReason | null {
  return release.revisionFrozen && PUBLIC_STATUSES.includes(release.status) ? null : { code: 'NOT_FOUND', params: {} };
}

function checkProduct({ facts }: RuleCase): EntitlementReason | null {
  return facts.product.distribution === 'CLOSED' ? { code: 'PRODUCT_CLOSED', params: {} } : null;
}

/** Anyone has an open product's stable channel, so a customer without a license lacks the channel, not the product. */
function checkLicensed({ facts, release, license }: RuleCase): EntitlementReason | null {
  if (facts.viewer.kind === 'ANONYMOUS') return { code: 'AUTH_REQUIRED', params: {} };
  if (facts.viewer.kind === 'INVALID_LICENSE_KEY') return { code: 'LICENSE_KEY_INVALID', params: {} };
  if (license !== null) return null;
  if (facts.product.distribution === 'OPEN') return { code: 'CHANNEL_NOT_INCLUDED', params: { channel: release.channel } };
  return { code: 'PRODUCT_NOT_LICENSED', params: {} };
}

const hasDownloaded = ({ downloadedBefore }: LicenseFacts): boolean => downloadedBefore;

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

function checkStatus(license: LicenseFacts, given: RuleCase): EntitlementReason | null {
  switch (license.status) {
    case 'ACTIVE':
      return null;
    case 'SUSPENDED':
      return { code: 'LICENSE_SUSPENDED', params: standingOf(license, given) };
    case 'REVOKED':
      return { code: 'LICENSE_REVOKED', params: standingOf(license, given) };
    default:
      return unreachable(license.status);
  }
}

/** Since when, in the vendor's zone, and why, as far as customers are told. */
function standingOf({ statusChangedAt, customerReason }: LicenseFacts, { facts }: RuleCase): EntitlementReason['params'] {
  return { since: statusChangedAt && calendarDate(statusChangedAt, facts.timeZone), reason: customerReason };
}

function checkStarted(license: LicenseFacts, { facts, now }: RuleCase): EntitlementReason | null {
  if (license.startsAt === null || license.startsAt <= now) return null;
  return { code: 'LICENSE_NOT_STARTED', params: { startsOn: calendarDate(license.startsAt, facts.timeZone) } };
}

/** Expiry is an instant, and at that instant the license has expired; what FALLBACK keeps is a matter of dates. */
function checkExpiry(license: LicenseFacts, given: RuleCase): EntitlementReason | null {
  const { facts, now } = given;
  if (license.expiresAt === null || now < license.expiresAt) return null;
  const expiredOn = calendarDate(license.expiresAt, facts.timeZone);
  if (license.expiryPolicy === 'REVOKE') return { code: 'LICENSE_EXPIRED', params: { expiredOn, releaseDate: null } };
  const releaseDate = releaseDateOf(given);
  return releaseDate <= expiredOn ? null : { code: 'LICENSE_EXPIRED', params: { expiredOn, releaseDate } };
}

function checkUpdates({ updatesUntil: coveredUntil }: LicenseFacts, given: RuleCase): EntitlementReason | null {
  const releaseDate = releaseDateOf(given);
  if (coveredUntil === null || releaseDate <= coveredUntil) return null;
  return { code: 'UPDATES_EXPIRED', params: { coveredUntil, releaseDate } };
}

/** A range or version that cannot be read covers nothing: a doubt never opens a door. */
function checkVersion({ versionRange: range }: LicenseFacts, { release }: RuleCase): EntitlementReason | null {
  if (range === null) return null;
  const parsedRange = parseVersionRange(range);
  const version = parseVersion(release.version);
  if (parsedRange.ok && version.ok && satisfiesRange(version.value, parsedRange.value)) return null;
  return { code: 'VERSION_NOT_COVERED', params: { range, version: release.version } };
}

function checkChannel(license: LicenseFacts, { release, facts }: RuleCase): EntitlementReason | null {
  const names = license.channels.length === 0 ? [STABLE_CHANNEL] : license.channels;
  if (expandChannels(facts.product.channels, names).has(release.channel)) return null;
  return { code: 'CHANNEL_NOT_INCLUDED', params: { channel: release.channel } };
}

function checkPlatform(license: LicenseFacts, { facts }: RuleCase): EntitlementReason | null {
  if (facts.asset === null || license.platforms.length === 0) return null;
  const { platform } = facts.asset;
  if (platform === 'ALL' || license.platforms.some((covered) => covered === platform || covered === 'ALL')) return null;
  return { code: 'PLATFORM_NOT_COVERED', params: { platform } };
}

function checkLimit(license: LicenseFacts, { now }: RuleCase): EntitlementReason | null {
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
export function releaseDateOf({ release, facts, now }: Omit<RuleCase, 'license'>): string {
  return release.firstReleaseDate ?? calendarDate(now, facts.timeZone);
}
