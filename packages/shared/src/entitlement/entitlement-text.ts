/** What customers read when a download is refused, and what they can do about it. */
import { type EntitlementCode, type EntitlementParams, type EntitlementRemedy } from './entitlement.js';
import { PLATFORM_LABELS, PLATFORMS } from '../file/target.js';

/** A code with its parameters, before it is put into words. */
export interface EntitlementReason {
  readonly code: EntitlementCode;
  readonly params: EntitlementParams;
}

type Params = EntitlementParams;

/** The sentences, in plain words. Dates are the vendor's calendar dates. */
const MESSAGES: Readonly<Record<EntitlementCode, (params: Params) => string>> = {
  ALLOWED: () => 'You can download this.',
  NOT_FOUND: () => 'This download does not exist or is no longer offered: check the address.',
  PRODUCT_CLOSED: () => 'This product is not open for downloads: ask the vendor for access.',
  AUTH_REQUIRED: () => 'This download is for customers: sign in or enter your license key.',
  LICENSE_KEY_INVALID: () => 'This license key is not valid: check that it was copied completely.',
  PRODUCT_NOT_LICENSED: () => 'You have no license for this product: get one, or sign in with the account that has it.',
  LICENSE_SUSPENDED: ({ since, reason }) =>
    `Your license ${since == null ? 'is suspended' : `was suspended on ${String(since)}`}${causeOf(reason)}: contact the vendor to have it reinstated.`,
  LICENSE_REVOKED: ({ since, reason }) =>
    `Your license was revoked${since == null ? '' : ` on ${String(since)}`}${causeOf(reason)}: contact the vendor.`,
  LICENSE_NOT_STARTED: ({ startsOn }) => `Your license starts on ${String(startsOn)}: come back then.`,
  LICENSE_EXPIRED: expiredMessage,
  UPDATES_EXPIRED: ({ coveredUntil, releaseDate }) =>
    `Your updates ended on ${String(coveredUntil)} and this release is from ${String(releaseDate)}: renew to get it.`,
  VERSION_NOT_COVERED: ({ version, range }) =>
    `Your license covers versions ${String(range)}, and this is ${String(version)}: upgrade to get it.`,
  CHANNEL_NOT_INCLUDED: ({ channel }) => `Your access does not include ${String(channel)} releases: upgrade, or ask the vendor for them.`,
  PLATFORM_NOT_COVERED: ({ platform }) => `Your license does not cover files for ${platformLabel(platform)}: upgrade to get them.`,
  RELEASE_WITHDRAWN: withdrawnMessage,
  ASSET_NOT_READY: ({ state }) =>
    state === 'FAILED'
      ? 'This file is damaged and cannot be downloaded: contact the vendor.'
      : 'This file is still being prepared: try again in a few minutes.',
  DOWNLOAD_LIMIT: ({ limit }) => `Your license allows ${usedUp(limit)}: contact the vendor for more.`,
  SHARE_LINK_EXPIRED: ({ expiredOn }) =>
    `This link ${expiredOn === null ? 'was revoked' : `expired on ${String(expiredOn)}`}: ask the person who sent it for a new one.`,
  SHARE_LINK_LIMIT: ({ limit }) => `This link allows ${usedUp(limit)}: ask the person who sent it for a new one.`,
};

const REMEDIES: Readonly<Record<EntitlementCode, EntitlementRemedy | null>> = {
  ALLOWED: null,
  NOT_FOUND: null,
  PRODUCT_CLOSED: 'CONTACT_VENDOR',
  AUTH_REQUIRED: 'SIGN_IN',
  LICENSE_KEY_INVALID: 'SIGN_IN',
  PRODUCT_NOT_LICENSED: 'UPGRADE',
  LICENSE_SUSPENDED: 'CONTACT_VENDOR',
  LICENSE_REVOKED: 'CONTACT_VENDOR',
  LICENSE_NOT_STARTED: 'WAIT',
  LICENSE_EXPIRED: 'RENEW',
  UPDATES_EXPIRED: 'RENEW',
  VERSION_NOT_COVERED: 'UPGRADE',
  CHANNEL_NOT_INCLUDED: 'UPGRADE',
  PLATFORM_NOT_COVERED: 'UPGRADE',
  RELEASE_WITHDRAWN: 'CONTACT_VENDOR',
  ASSET_NOT_READY: 'WAIT',
  DOWNLOAD_LIMIT: 'CONTACT_VENDOR',
  SHARE_LINK_EXPIRED: 'CONTACT_VENDOR',
  SHARE_LINK_LIMIT: 'CONTACT_VENDOR',
};

/** The sentence for a reason. */
export function entitlementMessage({ code, params }: EntitlementReason): string {
  return MESSAGES[code](params);
}

/** The remedy for a reason; null when nothing helps, or nothing is needed. Waiting does not mend a failed file. */
export function entitlementRemedy({ code, params }: EntitlementReason): EntitlementRemedy | null {
  return code === 'ASSET_NOT_READY' && params['state'] === 'FAILED' ? 'CONTACT_VENDOR' : REMEDIES[code];
}

function expiredMessage({ expiredOn, releaseDate }: Params): string {
  if (releaseDate === null) return `Your license expired on ${String(expiredOn)}: renew it to download this.`;
  return `Your license expired on ${String(expiredOn)} and this release is from ${String(releaseDate)}: renew to get it.`;
}

function withdrawnMessage({ reason, replacement, scope }: Params): string {
  const cause = causeOf(reason);
  if (scope === 'REVISION') return `This file was withdrawn${cause}; get the newer files of version ${String(replacement)} instead.`;
  const advice = replacement === null ? 'contact the vendor for another version' : `use version ${String(replacement)} instead`;
  return `This release was withdrawn${cause}; ${advice}.`;
}

/** What somebody gave as the reason, in brackets and without its full stop: the sentence goes on after it. */
function causeOf(reason: string | number | null | undefined): string {
  const why = String(reason ?? '')
    .trim()
    .replace(/\.$/, '');
  return why === '' ? '' : ` (${why})`;
}

function platformLabel(value: string | number | null | undefined): string {
  const platform = PLATFORMS.find((known) => known === value);
  return platform === undefined ? 'this platform' : PLATFORM_LABELS[platform];
}

function usedUp(limit: string | number | null | undefined): string {
  return limit === 1 ? 'one download, and it is used' : `${String(limit)} downloads, and all are used`;
}
