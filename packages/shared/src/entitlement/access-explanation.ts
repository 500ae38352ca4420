/** Why somebody may or may not have a release, rule by rule: the same table that `decideAccess` reads, told in full. */
import { calendarDate, endOfDay } from '../text/calendar.js';
import { expandChannels, STABLE_CHANNEL } from '../version/channel.js';
import { changesFor, withChange, type AccessChange } from './access-changes.js';
import { accessWays, releaseDateOf, type AccessWay, type RuleCase } from './entitlement-checks.js';
import { decideAccess, decideWay } from './entitlement-decision.js';
import {
  type AccessFacts,
  type AccessRule,
  type EntitlementDecision,
  type EntitlementParams,
  type LicenseFacts,
  type ReleaseFacts,
} from './entitlement.js';
import { type EntitlementReason } from './entitlement-text.js';

/** FAILED: it is the reason. NOT_REACHED: an earlier rule failed, and this one was not asked; it would pass unless it has a reason. */
export const RULE_OUTCOMES = ['PASSED', 'FAILED', 'NOT_REACHED'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

export interface RuleStep {
  readonly rule: AccessRule;
  readonly outcome: RuleOutcome;
  /** What it objects to, or would if it were asked; null: nothing. */
  readonly reason: EntitlementReason | null;
  /** What it compared. Dates are the vendor's, lists are joined by commas. */
  readonly values: EntitlementParams;
}

export interface ExplainedChange extends AccessChange {
  /** Whether it is enough by itself; otherwise the others of its way are needed too. */
  readonly isEnough: boolean;
}

/** One way to the release, by a license or by none. */
export interface ExplainedWay {
  readonly licenseId: string | null;
  /** What this way comes to, as if there were no other. */
  readonly decision: EntitlementDecision;
  readonly steps: readonly RuleStep[];
  /** What would open it: of each rule that objects, the ways to satisfy it. Empty when it is open. */
  readonly changes: readonly ExplainedChange[];
}

/** An instant at which the answer changes by itself. */
export interface AccessTurn {
  readonly at: Date;
  /** Whether it was a yes just before. */
  readonly wasAllowed: boolean;
  /** The answer from then on. */
  readonly decision: EntitlementDecision;
}

export interface AccessExplanation {
  readonly decision: EntitlementDecision;
  /** The way that decides first, then the others in the order of the licenses. */
  readonly ways: readonly ExplainedWay[];
  /** Past and coming, in their order. Nothing but time changes between them. */
  readonly turns: readonly AccessTurn[];
}

/** Facts of a release that exists, for somebody who is no staff and has no share link. */
export type ExplainedFacts = AccessFacts & { readonly release: ReleaseFacts };

/**
 * Explains one decision in full.
 * @param now the instant that is asked about.
 * @throws RangeError when `facts.timeZone` is unknown.
 */
export function explainAccess(facts: ExplainedFacts, now: Date): AccessExplanation {
  const decision = decideAccess(facts, now);
  const ways = accessWays(facts, facts.release).map((way) => explainWay(way, { facts, release: facts.release, license: way.license, now }));
  const isDeciding = ({ licenseId }: ExplainedWay): boolean => licenseId === decision.licenseId;
  return { decision, ways: [...ways.filter(isDeciding), ...ways.filter((way) => !isDeciding(way))], turns: turnsOf(facts) };
}

function explainWay(way: AccessWay, given: RuleCase): ExplainedWay {
  let isStopped = false;
  const steps = way.rules.map(({ rule, check }): RuleStep => {
    const reason = check(given);
    const outcome = isStopped ? 'NOT_REACHED' : reason ? 'FAILED' : 'PASSED';
    isStopped ||= reason !== null;
    return { rule, outcome, reason, values: VALUES[rule](given) };
  });
  const changes = steps.flatMap(({ rule, reason }) => (reason ? changesFor(rule, reason, given) : []));
  const isEnough = (change: AccessChange): boolean => decideAccess(withChange(change, given), given.now).allowed;
  return {
    licenseId: way.license?.id ?? null,
    decision: decideWay(way, given),
    steps,
    changes: distinct(changes).map((change) => ({ ...change, isEnough: isEnough(change) })),
  };
}

/** Two rules may want the same, such as a new license. */
const distinct = (changes: readonly AccessChange[]): readonly AccessChange[] =>
  changes.filter(({ kind }, index) => changes.findIndex((other) => other.kind === kind) === index);

/** Where the code of the answer differs from that of a millisecond before. */
function turnsOf(facts: AccessFacts): readonly AccessTurn[] {
  const instants = [...new Set(facts.licenses.flatMap((license) => instantsOf(license, facts)))].toSorted((a, b) => a - b);
  return instants.flatMap((instant) => {
    const [before, decision] = [decideAccess(facts, new Date(instant - 1)), decideAccess(facts, new Date(instant))];
    return before.code === decision.code ? [] : [{ at: new Date(instant), wasAllowed: before.allowed, decision }];
  });
}

/** Every instant at which a license may answer otherwise. A release without a date is as old as the day, so that its windows end too. */
function instantsOf(
  { startsAt, expiresAt, repeatableUntil, updatesUntil }: LicenseFacts,
  { release, timeZone }: AccessFacts,
): readonly number[] {
  const dates = release?.firstReleaseDate === null ? [updatesUntil, dateText(expiresAt, timeZone)] : [];
  const ends = dates.flatMap((date) => (date === null ? [] : [endOfDay(date, timeZone).getTime() + 1]));
  return [...[startsAt, expiresAt, repeatableUntil].flatMap((instant) => (instant ? [instant.getTime()] : [])), ...ends];
}

const dateText = (instant: Date | null, timeZone: string): string | null => (instant ? calendarDate(instant, timeZone) : null);

/** What each rule compares, for people who check it. */
const VALUES: Readonly<Record<AccessRule, (given: RuleCase) => EntitlementParams>> = {
  RELEASE: ({ release }) => ({ status: release.status, releaseDate: release.firstReleaseDate }),
  PRODUCT: ({ facts }) => ({ distribution: facts.product.distribution }),
  LICENSE: ({ facts }) => ({ licenses: facts.licenses.length }),
  STATUS: ({ license }) => ({ status: license?.status ?? null }),
  START: ({ license, facts }) => ({ startsOn: dateText(license?.startsAt ?? null, facts.timeZone) }),
  END: (given) => ({
    expiresOn: dateText(given.license?.expiresAt ?? null, given.facts.timeZone),
    policy: given.license?.expiryPolicy ?? null,
    releaseDate: releaseDateOf(given),
  }),
  UPDATES: (given) => ({ updatesUntil: given.license?.updatesUntil ?? null, releaseDate: releaseDateOf(given) }),
  VERSION: ({ license, release }) => ({ range: license?.versionRange ?? null, version: release.version }),
  CHANNEL: ({ license, release, facts }) => ({ channel: release.channel, channels: channelsText(license, facts) }),
  PLATFORM: ({ license, facts }) => ({ platform: facts.asset?.platform ?? null, platforms: license?.platforms.join(', ') || null }),
  WITHDRAWN: ({ release, license, facts }) => ({
    severity: release.withdrawal?.severity ?? null,
    downloadedBefore: (license ? license.downloadedBefore : facts.licenses.some((one) => one.downloadedBefore)) ? 1 : 0,
  }),
  FILES: ({ facts }) => ({ state: facts.asset?.state ?? null }),
  LIMIT: ({ license, facts }) => ({
    limit: license?.maxDownloads ?? null,
    used: license?.downloadsUsed ?? null,
    repeatableUntil: facts.asset && (license?.repeatableUntil?.toISOString() ?? null),
  }),
};

/** Those of the license, with what they include, in the product's order. */
function channelsText(license: LicenseFacts | null, { product }: AccessFacts): string {
  const names = !license || license.channels.length === 0 ? [STABLE_CHANNEL] : license.channels;
  return [...expandChannels(product.channels, names)].join(', ');
}
