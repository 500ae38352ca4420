import type { EntitlementCode } from '@slipway/shared';

/** Why not, for staff: the end of "Denied on Mar 1, 2027: ...". */
export const CAUSES: Readonly<Record<EntitlementCode, string>> = {
  ALLOWED: 'nothing stands in the way',
  NOT_FOUND: 'the release is not published',
  PRODUCT_CLOSED: 'the product is closed to customers',
  AUTH_REQUIRED: 'nobody is signed in',
  LICENSE_KEY_INVALID: 'the license key is not valid',
  PRODUCT_NOT_LICENSED: 'there is no license for this product',
  LICENSE_SUSPENDED: 'the license is suspended',
  LICENSE_REVOKED: 'the license is revoked',
  LICENSE_NOT_STARTED: 'the license has not started',
  LICENSE_EXPIRED: 'the license has ended',
  UPDATES_EXPIRED: 'updates ended before this release',
  VERSION_NOT_COVERED: 'the license does not cover this version',
  CHANNEL_NOT_INCLUDED: 'the license does not have this channel',
  PLATFORM_NOT_COVERED: 'the license does not cover this platform',
  RELEASE_WITHDRAWN: 'the release was withdrawn',
  ASSET_NOT_READY: 'the file is not ready',
  DOWNLOAD_LIMIT: 'all downloads are used',
  SHARE_LINK_EXPIRED: 'the link has expired',
  SHARE_LINK_LIMIT: 'the link is used up',
};
