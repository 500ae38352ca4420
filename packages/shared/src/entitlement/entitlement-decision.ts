/** Who may download what: the only place that decides (DESIGN.md, section 4). */
import { calendarDate } from '../text/calendar.js';
import {
  ENTITLEMENT_CODES,
  type AccessFacts,
  type AccessRule,
  type AccessViewer,
  type EntitlementDecision,
  type ReleaseFacts,
} from './entitlement.js';
import { accessWays, allowedBy, checkReady, checkWithdrawn, findMiss, type AccessWay, type RuleCase } from './entitlement-checks.js';
import { entitlementMessage, entitlementRemedy, type EntitlementReason } from './entitlement-text.js';
import { unreachable } from '../problem.js';

const ALLOWED: EntitlementReason = { code: 'ALLOWED', params: {} };
/** What these say holds for every license. */
const BEFORE_LICENSES: ReadonlySet<AccessRule> = new Set(['RELEASE', 'PRODUCT', 'LICENSE']);

type ShareLink = Extract<AccessViewer, { kind: 'SHARE_LINK' }>;

/**
 * Decides one download. With several licenses any yes wins; otherwise the answer is the miss that got furthest.
 * @param now the instant of the request.
 * @throws RangeError when `facts.timeZone` is unknown.
 */
export function decideAccess(facts: AccessFacts, now: Date): EntitlementDecision {
  const { viewer, release } = facts;
  if (release === null) return decideWithout(viewer, facts.timeZone, now);
  switch (viewer.kind) {
    case 'STAFF':
      return decision(checkWithdrawn(facts, true) ?? checkReady(facts) ?? ALLOWED);
    case 'SHARE_LINK':
      return decision(checkWithdrawn(facts, false) ?? checkReady(facts) ?? checkShareLink(viewer, facts.timeZone, now) ?? ALLOWED);
    case 'ANONYMOUS':
    case 'INVALID_LICENSE_KEY':
    case 'CUSTOMER':
      return decideForPublic(facts, release, now);
    default:
      return unreachable(viewer);
  }
}

/** Nothing to open: a share link that is spent says so, since its holder knows that there was something. */
function decideWithout(viewer: AccessViewer, timeZone: string, now: Date): EntitlementDecision {
  const spent = viewer.kind === 'SHARE_LINK' ? checkShareLink(viewer, timeZone, now) : null;
  return decision(spent ?? { code: 'NOT_FOUND', params: {} });
}

function decideForPublic(facts: AccessFacts, release: ReleaseFacts, now: Date): EntitlementDecision {
  let nearest: EntitlementDecision | null = null;
  for (const way of accessWays(facts, release)) {
    const answer = decideWay(way, { facts, release, now });
    if (answer.allowed) return answer;
    if (nearest === null || progress(answer) > progress(nearest)) nearest = answer;
  }
  return nearest ?? decision({ code: 'NOT_FOUND', params: {} });
}

/** What one way comes to, as if there were no other. */
export function decideWay(way: AccessWay, given: Omit<RuleCase, 'license'>): EntitlementDecision {
  const { license } = way;
  const miss = findMiss(way, given);
  if (miss === null) return decision(license ? allowedBy(license) : ALLOWED, license?.id ?? null);
  const { rule, ...reason } = miss;
  return decision(reason, BEFORE_LICENSES.has(rule) ? null : (license?.id ?? null));
}

/** A link that was revoked answers as an expired one, with no date. */
function checkShareLink(link: ShareLink, timeZone: string, now: Date): EntitlementReason | null {
  const { expiresAt, revoked, maxDownloads: limit, downloadsUsed } = link;
  if (revoked) return { code: 'SHARE_LINK_EXPIRED', params: { expiredOn: null } };
  if (expiresAt !== null && expiresAt <= now) {
    return { code: 'SHARE_LINK_EXPIRED', params: { expiredOn: calendarDate(expiresAt, timeZone) } };
  }
  return limit === null || downloadsUsed < limit ? null : { code: 'SHARE_LINK_LIMIT', params: { limit } };
}

function progress(answer: EntitlementDecision): number {
  return ENTITLEMENT_CODES.indexOf(answer.code);
}

function decision(reason: EntitlementReason, licenseId: string | null = null): EntitlementDecision {
  return {
    allowed: reason.code === 'ALLOWED',
    ...reason,
    remedy: entitlementRemedy(reason),
    message: entitlementMessage(reason),
    licenseId,
  };
}
