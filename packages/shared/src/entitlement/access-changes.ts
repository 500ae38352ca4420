/** What would turn a no into a yes: for each rule that objects, the smallest changes that satisfy it. */
import { calendarDate } from '../text/calendar.js';
import { releaseDateOf, type RuleCase } from './entitlement-checks.js';
import { type AccessFacts, type AccessRule, type EntitlementParams, type LicenseFacts, type ReleaseFacts } from './entitlement.js';
import { type EntitlementReason } from './entitlement-text.js';

export const ACCESS_CHANGES = [
  'PUBLISH',
  'OPEN_PRODUCT',
  'CREATE_LICENSE',
  'REINSTATE',
  'START_EARLIER',
  'RENEW',
  'KEEP_AFTER_END',
  'EXTEND_UPDATES',
  'WIDEN_VERSIONS',
  'ADD_CHANNEL',
  'ADD_PLATFORM',
  'OTHER_VERSION',
  'REPLACE_FILE',
  'RAISE_LIMIT',
] as const;
export type AccessChangeKind = (typeof ACCESS_CHANGES)[number];

export interface AccessChange {
  readonly kind: AccessChangeKind;
  /** What to change it to, for example `until` or `channel`. */
  readonly params: EntitlementParams;
}

type Changes = (given: RuleCase, reason: EntitlementReason) => readonly AccessChange[];

const one = (kind: AccessChangeKind, params: EntitlementParams = {}): readonly AccessChange[] => [{ kind, params }];
const today = ({ facts, now }: RuleCase): string => calendarDate(now, facts.timeZone);
const newLicense: Changes = ({ release }) => one('CREATE_LICENSE', { channel: release.channel });

const CHANGES: Readonly<Record<AccessRule, Changes>> = {
  RELEASE: () => one('PUBLISH'),
  PRODUCT: () => one('OPEN_PRODUCT'),
  LICENSE: newLicense,
  STATUS: (given, reason) => (reason.code === 'LICENSE_REVOKED' ? newLicense(given, reason) : one('REINSTATE')),
  START: (given) => one('START_EARLIER', { on: today(given) }),
  END: changesForEnd,
  UPDATES: (given) => one('EXTEND_UPDATES', { until: releaseDateOf(given) }),
  VERSION: ({ release, license }) => one('WIDEN_VERSIONS', { version: release.version, range: license?.versionRange ?? null }),
  CHANNEL: ({ release }) => one('ADD_CHANNEL', { channel: release.channel }),
  PLATFORM: ({ facts }) => one('ADD_PLATFORM', { platform: facts.asset?.platform ?? null }),
  WITHDRAWN: (_, { params: { replacement = null, replacementId = null } }) => one('OTHER_VERSION', { replacement, replacementId }),
  FILES: () => one('REPLACE_FILE'),
  LIMIT: ({ license }) => one('RAISE_LIMIT', { limit: (license?.downloadsUsed ?? 0) + 1 }),
};

/** The smallest changes that satisfy a rule: any one of them does. */
export function changesFor(rule: AccessRule, reason: EntitlementReason, given: RuleCase): readonly AccessChange[] {
  return CHANGES[rule](given, reason);
}

/** A later end; or, for a release from before the end, that it keeps what it had. */
function changesForEnd(given: RuleCase): readonly AccessChange[] {
  const { license, facts } = given;
  const renew = one('RENEW', { after: today(given) });
  if (!license?.expiresAt || license.expiryPolicy === 'FALLBACK') return renew;
  const isKept = releaseDateOf(given) <= calendarDate(license.expiresAt, facts.timeZone);
  return isKept ? [...renew, ...one('KEEP_AFTER_END')] : renew;
}

/** The facts after a change to the release, or to the license of `given`. What opens another version changes nothing here. */
export function withChange({ kind, params }: AccessChange, given: RuleCase): AccessFacts {
  const { facts, release, license } = given;
  if (kind === 'PUBLISH') return { ...facts, release: { ...release, ...published(given) } };
  if (kind === 'OPEN_PRODUCT') return { ...facts, product: { ...facts.product, distribution: 'LICENSED' } };
  if (kind === 'CREATE_LICENSE') return { ...facts, licenses: [unlimitedLicense(release.channel), ...facts.licenses] };
  if (kind === 'REPLACE_FILE') return { ...facts, asset: facts.asset && { ...facts.asset, state: 'READY' } };
  const changed = kind === 'OTHER_VERSION' || !license ? {} : LICENSE_CHANGES[kind](params, license);
  return { ...facts, licenses: facts.licenses.map((one) => (one.id === license?.id ? { ...one, ...changed } : one)) };
}

const published = (given: RuleCase): Partial<ReleaseFacts> => ({
  status: 'PUBLISHED',
  revisionFrozen: true,
  firstReleaseDate: given.release.firstReleaseDate ?? today(given),
});

type LicenseChangeKind = Exclude<AccessChangeKind, 'PUBLISH' | 'OPEN_PRODUCT' | 'CREATE_LICENSE' | 'REPLACE_FILE' | 'OTHER_VERSION'>;

const LICENSE_CHANGES: Readonly<Record<LicenseChangeKind, (params: EntitlementParams, license: LicenseFacts) => Partial<LicenseFacts>>> = {
  REINSTATE: () => ({ status: 'ACTIVE' }),
  START_EARLIER: () => ({ startsAt: null }),
  RENEW: () => ({ expiresAt: null }),
  KEEP_AFTER_END: () => ({ expiryPolicy: 'FALLBACK' }),
  EXTEND_UPDATES: ({ until }) => ({ updatesUntil: String(until) }),
  WIDEN_VERSIONS: () => ({ versionRange: null }),
  ADD_CHANNEL: ({ channel }, { channels }) => ({ channels: [...channels, String(channel)] }),
  ADD_PLATFORM: () => ({ platforms: [] }),
  RAISE_LIMIT: ({ limit }) => ({ maxDownloads: Number(limit) }),
};

/** A license as it is when nothing is limited, for one channel. */
const unlimitedLicense = (channel: string): LicenseFacts => ({
  id: 'new',
  status: 'ACTIVE',
  statusChangedAt: null,
  customerReason: null,
  startsAt: null,
  expiresAt: null,
  expiryPolicy: 'REVOKE',
  updatesUntil: null,
  channels: [channel],
  versionRange: null,
  platforms: [],
  maxDownloads: null,
  downloadsUsed: 0,
  repeatableUntil: null,
  downloadedBefore: false,
});
