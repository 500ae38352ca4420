/** The facts that decide a download, and the answer (DESIGN.md, section 4). The rule itself: `entitlement-decision.ts`. */
import { type Channel } from '../version/channel.js';
import { type DownloadableStatus } from '../release/lifecycle.js';
import { type AssetState } from '../release/publish-check.js';
import { type Platform } from '../file/target.js';

/** Every answer, in the order in which the checks run: a later code means the caller got further. */
export const ENTITLEMENT_CODES = [
  'NOT_FOUND',
  'PRODUCT_CLOSED',
  'AUTH_REQUIRED',
  'LICENSE_KEY_INVALID',
  'PRODUCT_NOT_LICENSED',
  'LICENSE_SUSPENDED',
  'LICENSE_REVOKED',
  'LICENSE_NOT_STARTED',
  'LICENSE_EXPIRED',
  'UPDATES_EXPIRED',
  'VERSION_NOT_COVERED',
  'CHANNEL_NOT_INCLUDED',
  'PLATFORM_NOT_COVERED',
  'RELEASE_WITHDRAWN',
  'ASSET_NOT_READY',
  'DOWNLOAD_LIMIT',
  'SHARE_LINK_EXPIRED',
  'SHARE_LINK_LIMIT',
  'ALLOWED',
] as const;
export type EntitlementCode = (typeof ENTITLEMENT_CODES)[number];

/** What is asked before a download, in this order. The first rule that objects is the reason. */
export const ACCESS_RULES = [
  'RELEASE',
  'PRODUCT',
  'LICENSE',
  'STATUS',
  'START',
  'END',
  'UPDATES',
  'VERSION',
  'CHANNEL',
  'PLATFORM',
  'WITHDRAWN',
  'FILES',
  'LIMIT',
] as const;
export type AccessRule = (typeof ACCESS_RULES)[number];

/** What the person can do about a no. */
export const ENTITLEMENT_REMEDIES = ['SIGN_IN', 'RENEW', 'UPGRADE', 'WAIT', 'CONTACT_VENDOR'] as const;
export type EntitlementRemedy = (typeof ENTITLEMENT_REMEDIES)[number];

/** OPEN: anyone. LICENSED: customers with a license. CLOSED: staff and share links only. */
export const DISTRIBUTIONS = ['OPEN', 'LICENSED', 'CLOSED'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

export const LICENSE_STATUSES = ['ACTIVE', 'SUSPENDED', 'REVOKED'] as const;
export type LicenseStatus = (typeof LICENSE_STATUSES)[number];

/** After expiry: REVOKE ends everything, FALLBACK keeps releases dated on or before the expiry for ever. */
export const EXPIRY_POLICIES = ['REVOKE', 'FALLBACK'] as const;
export type ExpiryPolicy = (typeof EXPIRY_POLICIES)[number];

/** NORMAL lets those who downloaded a withdrawn release before do so again, SECURITY blocks everyone. */
export const WITHDRAW_SEVERITIES = ['NORMAL', 'SECURITY'] as const;
export type WithdrawSeverity = (typeof WITHDRAW_SEVERITIES)[number];

/** Who asks. CUSTOMER is signed in or sent a valid license key; STAFF has the scope `release:read`. */
export type AccessViewer =
  | { readonly kind: 'ANONYMOUS' | 'INVALID_LICENSE_KEY' | 'CUSTOMER' | 'STAFF' }
  | {
      readonly kind: 'SHARE_LINK';
      readonly expiresAt: Date | null;
      readonly revoked: boolean;
      readonly maxDownloads: number | null;
      readonly downloadsUsed: number;
    };

/** One of the viewer's licenses of the product, with what it did with this asset. */
export interface LicenseFacts {
  readonly id: string;
  readonly status: LicenseStatus;
  /** Since when the status is what it is; null when nobody wrote it down. */
  readonly statusChangedAt: Date | null;
  /** Why it is suspended or revoked, in the vendor's words for the customer; null when they gave none. */
  readonly customerReason: string | null;
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expiryPolicy: ExpiryPolicy;
  /** Last covered release date, `YYYY-MM-DD` in the vendor's zone; null: no end. */
  readonly updatesUntil: string | null;
  /** Empty means stable. */
  readonly channels: readonly string[];
  readonly versionRange: string | null;
  /** Empty means all. */
  readonly platforms: readonly Platform[];
  readonly maxDownloads: number | null;
  readonly downloadsUsed: number;
  /** Until then another download of this asset is no new use: 24 hours from the counted one; null when it was never counted. */
  readonly repeatableUntil: Date | null;
  readonly downloadedBefore: boolean;
}

export interface Withdrawal {
  readonly reason: string;
  readonly severity: WithdrawSeverity;
  readonly replacementId: string | null;
  readonly replacementVersion: string | null;
}

/** The revision that is judged. */
export interface ReleaseFacts {
  readonly status: DownloadableStatus;
  readonly channel: string;
  readonly version: string;
  /** Release date of the first publish, `YYYY-MM-DD` in the vendor's zone; null before it. */
  readonly firstReleaseDate: string | null;
  /** False for a draft revision, which only staff and share links see. */
  readonly revisionFrozen: boolean;
  /** Set while the status is WITHDRAWN, and when the revision of the judged file is withdrawn: the version replaces itself then. */
  readonly withdrawal: Withdrawal | null;
}

export interface AccessFacts {
  readonly viewer: AccessViewer;
  /** The vendor's zone (IANA name). */
  readonly timeZone: string;
  readonly product: { readonly distribution: Distribution; readonly channels: readonly Channel[] };
  /** Null when there is none. */
  readonly release: ReleaseFacts | null;
  /** Null judges the release as a whole: platform and state are not checked. */
  readonly asset: { readonly platform: Platform; readonly state: AssetState } | null;
  /** The viewer's licenses of this product; of equal misses the first is reported, so the newest comes first. */
  readonly licenses: readonly LicenseFacts[];
}

export type EntitlementParams = Readonly<Record<string, string | number | null>>;

export interface EntitlementDecision {
  readonly allowed: boolean;
  readonly code: EntitlementCode;
  readonly params: EntitlementParams;
  readonly remedy: EntitlementRemedy | null;
  /** For the customer's eyes: what happened and what to do. */
  readonly message: string;
  /** The license that allows it, or that came nearest; null when none was judged. */
  readonly licenseId: string | null;
}
