import type { AccessFacts, AccessViewer, Channel, LicenseFacts, Platform, ReleaseFacts, Withdrawal } from '@slipway/shared';
import { seesDrafts } from '../../../kernel/policy.js';
import type { Actor } from '../../../kernel/actor.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { RevisionHead } from '../../downloadables/revision.entity.js';
import type { License } from '../../licenses/license.entity.js';
import type { LicenseDownload } from '../download.entities.js';
import type { JudgedProduct } from './file-facts.js';

/** A counted download and its repetitions within this time are one (DESIGN.md, section 4). */
const COUNTED_ONCE_MS = 24 * 3_600_000;

/** Who is judged: the viewer of a request, or whoever staff ask about. */
export interface Subject {
  readonly viewer: AccessViewer;
  /** Licenses of the product, newest first. */
  readonly licenses: readonly License[];
}

/** What the tables say of a release or of one of its files. */
export interface JudgedRelease {
  readonly row: Downloadable;
  readonly product: JudgedProduct;
  readonly channels: readonly Channel[];
  /** Null: the release as a whole. */
  readonly asset: StoredAsset | null;
  /** The file to which a side file belongs: it is judged by that one's platform and downloads. */
  readonly mainAsset: StoredAsset | null;
  /** It speaks of a file, or of all of them (`SHA256SUMS`), and counts nothing. */
  readonly isSideFile: boolean;
  /** Of the revision that is judged: an asset by its own, a release by the live one. */
  readonly channel: string;
  readonly isRevisionFrozen: boolean;
  /** The revision of the asset; null for a release as a whole, which is judged by its live one. */
  readonly revision: RevisionHead | null;
  /** What to use instead of a withdrawn release, when customers can get it. */
  readonly replacement: Downloadable | null;
  /** What the subject's licenses did with this asset, or with the main file of this side file. */
  readonly downloads: readonly LicenseDownload[];
}

/** The actor as the entitlement decision sees them, for one product. */
export function viewerOf(actor: Actor, productId: string): AccessViewer {
  if (seesDrafts(actor, productId)) return { kind: 'STAFF' };
  switch (actor.kind) {
    case 'ANONYMOUS':
      return { kind: 'ANONYMOUS' };
    case 'UNKNOWN_LICENSE_KEY':
      return { kind: 'INVALID_LICENSE_KEY' };
    case 'USER':
    case 'TOKEN':
    case 'LICENSE':
    case 'MACHINE':
      return { kind: 'CUSTOMER' };
  }
}

/** Puts the facts together for `decideAccess`. */
export function accessFacts(subject: Subject, release: JudgedRelease, timeZone: string): AccessFacts & { readonly release: ReleaseFacts } {
  return {
    viewer: subject.viewer,
    timeZone,
    product: { distribution: release.product.distribution, channels: release.channels },
    release: releaseFacts(release),
    asset: release.asset ? { platform: judgedPlatform(release, release.asset), state: release.asset.state } : null,
    licenses: subject.licenses.map((license) => licenseFacts(license, release)),
  };
}

/** A draft as if it were published now, with the date that it plans; what is published already stays as it is. */
export function asPublished(release: JudgedRelease): JudgedRelease {
  const { row } = release;
  const isHidden = row.status === 'DRAFT' || row.status === 'SCHEDULED';
  const firstReleaseDate = row.firstReleaseDate ?? row.releaseDate;
  return { ...release, isRevisionFrozen: true, row: isHidden ? { ...row, status: 'PUBLISHED', firstReleaseDate } : row };
}

/** A file that speaks of all others is for whoever may have one of them. */
function judgedPlatform({ mainAsset, isSideFile }: JudgedRelease, asset: StoredAsset): Platform {
  if (mainAsset) return mainAsset.platform;
  return isSideFile ? 'ALL' : asset.platform;
}

function releaseFacts(release: JudgedRelease): ReleaseFacts {
  const { row, channel, isRevisionFrozen } = release;
  return {
    status: row.status,
    channel,
    version: row.version,
    firstReleaseDate: row.firstReleaseDate,
    revisionFrozen: isRevisionFrozen,
    withdrawal: withdrawalOf(release),
  };
}

/** Of the release, else of the revision alone, which the live one replaces; what is a matter of security in either is so in both. */
function withdrawalOf({ row, revision, replacement }: JudgedRelease): Withdrawal | null {
  if (row.withdrawReason === null || row.withdrawSeverity === null) {
    if (revision?.withdrawReason == null || revision.withdrawSeverity === null) return null;
    return {
      reason: revision.withdrawReason,
      severity: revision.withdrawSeverity,
      replacementId: row.id,
      replacementVersion: row.version,
    };
  }
  return {
    reason: row.withdrawReason,
    severity: revision?.withdrawSeverity === 'SECURITY' ? 'SECURITY' : row.withdrawSeverity,
    replacementId: replacement?.id ?? null,
    replacementVersion: replacement?.version ?? null,
  };
}

function licenseFacts(license: License, { downloads, isSideFile }: JudgedRelease): LicenseFacts {
  const download = downloads.find((row) => row.licenseId === license.id);
  return {
    id: license.id,
    status: license.status,
    statusChangedAt: license.statusChangedAt,
    customerReason: license.customerReason,
    startsAt: license.startsAt,
    expiresAt: license.expiresAt,
    expiryPolicy: license.expiryPolicy,
    updatesUntil: license.updatesUntil,
    channels: license.channels,
    versionRange: license.versionRange,
    platforms: license.platforms,
    maxDownloads: isSideFile ? null : license.maxDownloads,
    downloadsUsed: license.downloadsUsed,
    repeatableUntil: download ? repeatableUntil(download) : null,
    downloadedBefore: download !== undefined,
  };
}

/** Whether a download was counted so recently that another one is the same. */
export function isCountedRecently(download: Pick<LicenseDownload, 'countedAt'>, now: Date): boolean {
  return now < repeatableUntil(download);
}

const repeatableUntil = ({ countedAt }: Pick<LicenseDownload, 'countedAt'>): Date => new Date(countedAt.getTime() + COUNTED_ONCE_MS);

/** Facts of a release that does not exist. */
export const NOWHERE = {
  viewer: { kind: 'ANONYMOUS' },
  timeZone: 'UTC',
  product: { distribution: 'CLOSED', channels: [] },
  asset: null,
  licenses: [],
} as const;
