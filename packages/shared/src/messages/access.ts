/** What customers read when a download is refused, and what they can do about it. Dates are the vendor's calendar dates. */
import { platformLabels } from './labels.js';

type Fact = string | number | null | undefined;
type Facts = Readonly<Record<string, Fact>>;

/** The sentences, by the code of the decision. */
export const accessMessages = {
  ALLOWED: () => 'You can download this.',
  NOT_FOUND: () => 'This download does not exist or is no longer offered: check the address.',
  PRODUCT_CLOSED: () => 'This product is not open for downloads: ask the vendor for access.',
  AUTH_REQUIRED: () => 'This download is for customers: sign in or enter your license key.',
  LICENSE_KEY_INVALID: () => 'This license key is not valid: check that it was copied completely.',
  PRODUCT_NOT_LICENSED: () => 'You have no license for this product: get one, or sign in with the account that has it.',
  LICENSE_SUSPENDED: ({ since, reason }: Facts) =>
    `Your license ${since == null ? 'is suspended' : `was suspended on ${String(since)}`}${causeOf(reason)}: contact the vendor to have it reinstated.`,
  LICENSE_REVOKED: ({ since, reason }: Facts) =>
    `Your license was revoked${since == null ? '' : ` on ${String(since)}`}${causeOf(reason)}: contact the vendor.`,
  LICENSE_NOT_STARTED: ({ startsOn }: Facts) => `Your license starts on ${String(startsOn)}: come back then.`,
  LICENSE_EXPIRED: ({ expiredOn, releaseDate }: Facts) =>
    releaseDate === null
      ? `Your license expired on ${String(expiredOn)}: renew it to download this.`
      : `Your license expired on ${String(expiredOn)} and this release is from ${String(releaseDate)}: renew to get it.`,
  UPDATES_EXPIRED: ({ coveredUntil, releaseDate }: Facts) =>
    `Your updates ended on ${String(coveredUntil)} and this release is from ${String(releaseDate)}: renew to get it.`,
  VERSION_NOT_COVERED: ({ version, range }: Facts) =>
    `Your license covers versions ${String(range)}, and this is ${String(version)}: upgrade to get it.`,
  CHANNEL_NOT_INCLUDED: ({ channel }: Facts) =>
    `Your access does not include ${String(channel)} releases: upgrade, or ask the vendor for them.`,
  PLATFORM_NOT_COVERED: ({ platform }: Facts) => `Your license does not cover files for ${platformText(platform)}: upgrade to get them.`,
  RELEASE_WITHDRAWN: withdrawnText,
  ASSET_NOT_READY: ({ state }: Facts) =>
    state === 'FAILED'
      ? 'This file is damaged and cannot be downloaded: contact the vendor.'
      : 'This file is still being prepared: try again in a few minutes.',
  DOWNLOAD_LIMIT: ({ limit }: Facts) => `Your license allows ${usedUp(limit)}: contact the vendor for more.`,
  SHARE_LINK_EXPIRED: ({ expiredOn }: Facts) =>
    `This link ${expiredOn === null ? 'was revoked' : `expired on ${String(expiredOn)}`}: ask the person who sent it for a new one.`,
  SHARE_LINK_LIMIT: ({ limit }: Facts) => `This link allows ${usedUp(limit)}: ask the person who sent it for a new one.`,
} as const;

function withdrawnText({ reason, replacement, scope }: Facts): string {
  const cause = causeOf(reason);
  if (scope === 'REVISION') return `This file was withdrawn${cause}; get the newer files of version ${String(replacement)} instead.`;
  const advice = replacement === null ? 'contact the vendor for another version' : `use version ${String(replacement)} instead`;
  return `This release was withdrawn${cause}; ${advice}.`;
}

/** What somebody gave as the reason, in brackets and without its full stop: the sentence goes on after it. */
function causeOf(reason: Fact): string {
  const why = String(reason ?? '')
    .trim()
    .replace(/\.$/, '');
  return why === '' ? '' : ` (${why})`;
}

const platformText = (platform: Fact): string =>
  Object.entries(platformLabels).find(([known]) => known === platform)?.[1] ?? 'this platform';

const usedUp = (limit: Fact): string => (limit === 1 ? 'one download, and it is used' : `${String(limit)} downloads, and all are used`);

/**
 * The same in a few words, for clients that print the status line and nothing else (apt, npm, updaters). Only dates are put in: nothing
 * that somebody typed is ever in a status line.
 */
export const accessPhrases = {
  ALLOWED: () => 'you can download this',
  NOT_FOUND: () => 'nothing is offered at this address, check it',
  PRODUCT_CLOSED: () => 'this product is not open for downloads, ask the vendor',
  AUTH_REQUIRED: () => 'send your license key, or sign in',
  LICENSE_KEY_INVALID: () => 'this license key is not valid, check that it is complete',
  PRODUCT_NOT_LICENSED: () => 'you have no license for this product',
  LICENSE_SUSPENDED: ({ since }: Facts) => `your license ${since == null ? 'is' : 'was'} suspended${on(since)}, contact the vendor`,
  LICENSE_REVOKED: ({ since }: Facts) => `your license was revoked${on(since)}, contact the vendor`,
  LICENSE_NOT_STARTED: ({ startsOn }: Facts) => `your license starts${on(startsOn)}`,
  LICENSE_EXPIRED: ({ expiredOn }: Facts) => `your license expired${on(expiredOn)}, renew to get this`,
  UPDATES_EXPIRED: ({ coveredUntil }: Facts) => `your updates ended${on(coveredUntil)}, renew to get this`,
  VERSION_NOT_COVERED: () => 'your license does not cover this version, upgrade to get it',
  CHANNEL_NOT_INCLUDED: () => 'your license does not include this channel',
  PLATFORM_NOT_COVERED: () => 'your license does not cover this platform',
  RELEASE_WITHDRAWN: () => 'this release was withdrawn, get another version',
  ASSET_NOT_READY: ({ state }: Facts) =>
    state === 'FAILED' ? 'this file is damaged, contact the vendor' : 'this file is being prepared, try later',
  DOWNLOAD_LIMIT: () => 'all downloads of your license are used, contact the vendor',
  SHARE_LINK_EXPIRED: () => 'this link has expired, ask for a new one',
  SHARE_LINK_LIMIT: () => 'all downloads of this link are used, ask for a new one',
} as const;

const on = (date: Fact): string => (typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) ? ` on ${date}` : '');
