/** What customers read when a download is refused, and what they can do about it. */
import { type EntitlementCode, type EntitlementParams, type EntitlementRemedy } from './entitlement.js';
import { accessMessages } from '../messages/access.js';

/** A code with its parameters, before it is put into words. */
export interface EntitlementReason {
  readonly code: EntitlementCode;
  readonly params: EntitlementParams;
}

/** The sentences, in plain words. Dates are the vendor's calendar dates. */
const MESSAGES: Readonly<Record<EntitlementCode, (params: EntitlementParams) => string>> = accessMessages;

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
