/** The refusal of a download in a few words, for clients that print the status line and nothing else (apt, npm, updaters). */
import { type EntitlementCode, type EntitlementParams } from './entitlement.js';
import type { EntitlementReason } from './entitlement-text.js';

/** More is cut by some clients. */
export const PHRASE_MAX_LENGTH = 120;

/** Only dates are put in: nothing that somebody typed is ever in a status line. */
const PHRASES: Readonly<Record<EntitlementCode, (params: EntitlementParams) => string>> = {
  ALLOWED: () => 'you can download this',
  NOT_FOUND: () => 'nothing is offered at this address, check it',
  PRODUCT_CLOSED: () => 'this product is not open for downloads, ask the vendor',
  AUTH_REQUIRED: () => 'send your license key, or sign in',
  LICENSE_KEY_INVALID: () => 'this license key is not valid, check that it is complete',
  PRODUCT_NOT_LICENSED: () => 'this license is for another product',
  LICENSE_SUSPENDED: ({ since }) => `your license ${since == null ? 'is' : 'was'} suspended${on(since)}, contact the vendor`,
  LICENSE_REVOKED: ({ since }) => `your license was revoked${on(since)}, contact the vendor`,
  LICENSE_NOT_STARTED: ({ startsOn }) => `your license starts${on(startsOn)}`,
  LICENSE_EXPIRED: ({ expiredOn }) => `your license expired${on(expiredOn)}, renew to get this`,
  UPDATES_EXPIRED: ({ coveredUntil }) => `your updates ended${on(coveredUntil)}, renew to get this`,
  VERSION_NOT_COVERED: () => 'your license does not cover this version, upgrade to get it',
  CHANNEL_NOT_INCLUDED: () => 'your license does not include this channel',
  PLATFORM_NOT_COVERED: () => 'your license does not cover this platform',
  RELEASE_WITHDRAWN: () => 'this release was withdrawn, get another version',
  ASSET_NOT_READY: ({ state }) =>
    state === 'FAILED' ? 'this file is damaged, contact the vendor' : 'this file is being prepared, try later',
  DOWNLOAD_LIMIT: () => 'all downloads of your license are used, contact the vendor',
  SHARE_LINK_EXPIRED: () => 'this link has expired, ask for a new one',
  SHARE_LINK_LIMIT: () => 'all downloads of this link are used, ask for a new one',
};

/** For example `UPDATES_EXPIRED: your updates ended on 2026-03-01, renew to get this`: printable ASCII, at most 120 characters. */
export function entitlementPhrase({ code, params }: EntitlementReason): string {
  return `${code}: ${PHRASES[code](params)}`;
}

const on = (date: string | number | null | undefined): string =>
  typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) ? ` on ${date}` : '';
