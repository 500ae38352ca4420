import type { AccessFacts, Channel, Distribution, DownloadableStatus, LicenseFacts, LicenseStatus, Platform } from '@slipway/shared';
import { jsonInstant } from './session.js';

const COUNTED_ONCE_MS = 24 * 3_600_000;

export interface LicenseRow {
  readonly id: string;
  readonly product_id: string;
  readonly status: LicenseStatus;
  readonly starts_at: string | null;
  readonly expires_at: string | null;
  readonly expiry_policy: 'REVOKE' | 'FALLBACK';
  readonly updates_until: string | null;
  readonly channels: string;
  readonly version_range: string | null;
  readonly platforms: string;
  readonly max_downloads: number | null;
  readonly downloads_used: number;
  /** Of the file that is judged; null: never, or no file is judged. */
  readonly counted_at: string | null;
}

export const LICENSE = `l.id, l.product_id, l.status, l.starts_at, l.expires_at, l.expiry_policy, l.updates_until, l.channels, l.version_range,
  l.platforms, l.max_downloads, l.downloads_used`;

interface JudgedRow {
  readonly status: string;
  readonly channel: string;
  readonly version: string;
  readonly first_release_date: string | null;
  readonly distribution: Distribution;
}

const listOf = (text: string): string[] => (text === '' ? [] : text.split(','));
const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(jsonInstant(text) ?? ''));

export interface ChannelRow {
  readonly product_id: string;
  readonly name: string;
  readonly includes: string;
}

export const CHANNELS = 'SELECT product_id, name, includes FROM product_channel WHERE product_id IN';

/** The facts of one published release for the shared rule, `decideAccess`. */
export function factsOf(
  row: JudgedRow,
  use: { readonly channels: readonly ChannelRow[]; readonly licenses: readonly LicenseRow[]; readonly platform: Platform | null },
): AccessFacts {
  return {
    viewer: { kind: 'CUSTOMER' },
    timeZone: 'UTC',
    product: { distribution: row.distribution, channels: use.channels.map(channelOf) },
    release: {
      status: row.status as DownloadableStatus, // the column holds nothing else
      channel: row.channel,
      version: row.version,
      firstReleaseDate: row.first_release_date,
      revisionFrozen: true,
      withdrawal: null,
    },
    asset: use.platform === null ? null : { platform: use.platform, state: 'READY' },
    licenses: use.licenses.map(licenseOf),
  };
}

const channelOf = (row: ChannelRow): Channel => ({ name: row.name, includes: listOf(row.includes) });

function licenseOf(row: LicenseRow): LicenseFacts {
  return {
    id: row.id,
    status: row.status,
    statusChangedAt: null,
    customerReason: null,
    startsAt: instantOf(row.starts_at),
    expiresAt: instantOf(row.expires_at),
    expiryPolicy: row.expiry_policy,
    updatesUntil: row.updates_until,
    channels: listOf(row.channels),
    versionRange: row.version_range,
    platforms: listOf(row.platforms) as Platform[], // the column holds nothing else
    maxDownloads: row.max_downloads,
    downloadsUsed: row.downloads_used,
    repeatableUntil: repeatableUntil(row.counted_at),
    downloadedBefore: row.counted_at !== null,
  };
}

/** Whether a download was counted within a day. */
export function isCountedRecently(countedAt: string | null): boolean {
  return (repeatableUntil(countedAt)?.getTime() ?? 0) > Date.now();
}

const repeatableUntil = (countedAt: string | null): Date | null =>
  countedAt === null ? null : new Date(Date.parse(jsonInstant(countedAt) ?? '') + COUNTED_ONCE_MS);
