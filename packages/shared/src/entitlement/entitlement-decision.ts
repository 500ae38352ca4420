/** Who may download what: the only place that decides (DESIGN.md, section 4). */
import { calendarDate } from '../text/calendar.js';
import { expandChannels, STABLE_CHANNEL } from '../version/channel.js';
import { ENTITLEMENT_CODES, type AccessFacts, type AccessViewer, type EntitlementDecision, type ReleaseFacts } from './entitlement.js';
import { allowedBy, checkReady, checkWithdrawn, findLicenseMiss } from './entitlement-checks.js';
import { entitlementMessage, entitlementRemedy, type EntitlementReason } from './entitlement-text.js';
import { unreachable } from '../problem.js';
import { PUBLIC_STATUSES } from '../release/lifecycle.js';

const ALLOWED: EntitlementReason = { code: 'ALLOWED', params: {} };

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
  const { distribution, channels } = facts.product;
  if (!isVisible(release)) return decision({ code: 'NOT_FOUND', params: {} });
  if (distribution === 'CLOSED') return decision({ code: 'PRODUCT_CLOSED', params: {} });
  if (distribution === 'OPEN' && expandChannels(channels, [STABLE_CHANNEL]).has(release.channel)) {
    const mayRepeat = facts.licenses.some((license) => license.downloadedBefore);
    return decision(checkWithdrawn(facts, mayRepeat) ?? checkReady(facts) ?? ALLOWED);
  }
  return decideByLicenses(facts, release, now);
}

function decideByLicenses(facts: AccessFacts, release: ReleaseFacts, now: Date): EntitlementDecision {
  const { viewer, product, licenses } = facts;
  if (viewer.kind === 'ANONYMOUS') return decision({ code: 'AUTH_REQUIRED', params: {} });
  if (viewer.kind === 'INVALID_LICENSE_KEY') return decision({ code: 'LICENSE_KEY_INVALID', params: {} });
  let nearest: EntitlementDecision | null = null;
  for (const license of licenses) {
    const answer = decision(findLicenseMiss({ facts, release, license, now }) ?? allowedBy(license), license.id);
    if (answer.allowed) return answer;
    if (nearest === null || progress(answer) > progress(nearest)) nearest = answer;
  }
  return nearest ?? decision(withoutLicense(product.distribution === 'OPEN', release));
}

/** Anyone has an open product's stable channel, so a customer without a license lacks the channel, not the product. */
function withoutLicense(isOpen: boolean, release: ReleaseFacts): EntitlementReason {
  if (isOpen) return { code: 'CHANNEL_NOT_INCLUDED', params: { channel: release.channel } };
  return { code: 'PRODUCT_NOT_LICENSED', params: {} };
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

/** Drafts, scheduled and unpublished releases do not exist for customers, nor does the draft of a next revision. */
function isVisible({ status, revisionFrozen }: ReleaseFacts): boolean {
  return revisionFrozen && PUBLIC_STATUSES.includes(status);
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
