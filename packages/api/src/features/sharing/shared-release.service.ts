import { calendarDate, finishUntil, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { newEventId, newId } from '../../kernel/ids.js';
import { hashToken } from '../../kernel/secret/secrets.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { isOfUndo } from '../downloadables/revision.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { AccessService } from '../downloads/access/access.service.js';
import type { JudgedRelease } from '../downloads/access/access-facts.js';
import { noteJudged } from '../downloads/access/noted-refusal.js';
import { countInStatistics } from '../downloads/counting/download-counters.js';
import { insertEvent } from '../downloads/counting/download-recorder.js';
import { downloadedOf } from '../downloads/counting/download-source.js';
import { grantedByLink } from '../downloads/counting/granted-to.js';
import type { DownloadService } from '../downloads/delivery/download.service.js';
import { countVisit, listCounted, repeatVisit, type VisitedFile, type Visitors } from '../downloads/counting/visitors.js';
import type { SettingsService } from '../settings/settings.service.js';
import { findNewestDraft } from './newest-draft.js';
import { ShareLink, ShareLinkUse } from './share-link.entity.js';

export interface SharedReleaseDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: AccessService;
  readonly downloads: DownloadService;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
  readonly settings: SettingsService;
  readonly visitors: Visitors;
}

/** The file of a link that is asked for, by its name: it stays the same when the newest draft becomes another. */
export interface WantedSharedFile {
  readonly token: string;
  readonly fileName: string;
}

/** A link that is in use, and what it opens now. */
export interface OpenedLink {
  readonly link: ShareLink;
  readonly row: Downloadable | null;
  /** The open draft, else the live revision: testers test what comes next. The draft of an undo is for the vendor alone. */
  readonly revisionId: string | null;
}

interface JudgedFile {
  readonly link: ShareLink;
  readonly decision: EntitlementDecision;
  readonly asset: StoredAsset | null;
  readonly release: JudgedRelease | null;
  readonly visit: VisitedFile;
}

/** A file that a link may give, or why not. A null decision: there is no such link or file. */
export type SharedFileOutcome =
  { readonly isGranted: true; readonly asset: StoredAsset } | { readonly isGranted: false; readonly decision: EntitlementDecision | null };

/** 256 random bits as base64url; anything else is no token of ours and needs no look-up. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Opens share links: finds what they stand for, has it decided, records what they give. */
export class SharedReleaseService {
  constructor(private readonly use: SharedReleaseDependencies) {}

  /** What a link opens; null when it is unknown or revoked, which look alike. */
  async open(context: RequestContext, token: string): Promise<OpenedLink | null> {
    if (!TOKEN.test(token)) return null;
    const link = await this.use.database.read.findOneBy(ShareLink, { tokenHash: hashToken(token) });
    if (!link || link.revokedAt !== null) return null;
    const { productId, channel, downloadableId } = link;
    const row =
      downloadableId === null
        ? await findNewestDraft(this.use.database, { productId, channel: channel ?? '' })
        : await context.loader(this.use.downloadables.byId).load(downloadableId);
    return { link, row, revisionId: row && (await this.#openedRevisionId(context, row)) };
  }

  /** What an undo has taken back is not handed out by another door: its draft waits until it is published. */
  async #openedRevisionId(context: RequestContext, row: Downloadable): Promise<string | null> {
    const { id, draftRevisionId, liveRevisionId } = row;
    if (draftRevisionId === null || liveRevisionId === null) return draftRevisionId ?? liveRevisionId;
    const revisions = await context.loader(this.use.downloadables.revisions).load(id);
    return isOfUndo(draftRevisionId, revisions) ? liveRevisionId : draftRevisionId;
  }

  /** Whether what the link opens may be downloaded, as a whole. */
  async decide(context: RequestContext, { link, row }: OpenedLink): Promise<EntitlementDecision> {
    return (await this.use.access.decideShared(context, link, row && { row, asset: null })).decision;
  }

  /** Whether a file may be downloaded, without recording anything; for HEAD. */
  async find(context: RequestContext, wanted: WantedSharedFile): Promise<SharedFileOutcome> {
    const judged = await this.#judge(context, wanted);
    if (!judged?.asset || !judged.decision.allowed) return refusalOf(judged);
    this.use.downloads.requireServable(context, judged.asset);
    return { isGranted: true, asset: judged.asset };
  }

  /** Grants a download by the link, counts and records it once per visitor and file in 24 hours, or tells why not. */
  async grant(context: RequestContext, wanted: WantedSharedFile): Promise<SharedFileOutcome> {
    const judged = await this.#judge(context, wanted);
    const { asset, release } = judged ?? {};
    if (!judged?.decision.allowed || !asset || !release) return refusalOf(judged);
    this.use.downloads.requireServable(context, asset);
    if (await this.#record(context, { link: judged.link, visit: judged.visit, asset, release })) return { isGranted: true, asset };
    // Another request took the last download, or somebody revoked the link, between our decision and our count: decide anew.
    return refusalOf(await this.#judge(context.refreshed(), wanted));
  }

  /** Which files of a used-up link its visitor has begun and may finish, by asset, and until when; none while it gives more. */
  async listFinishable(context: RequestContext, link: ShareLink, assets: readonly StoredAsset[]): Promise<ReadonlyMap<string, Date>> {
    const { id, maxDownloads, downloadsUsed, expiresAt } = link;
    if (maxDownloads === null || downloadsUsed < maxDownloads) return new Map();
    const now = this.use.clock.now();
    const visits = { scopeId: id, fileIds: assets.map(fileIdOf), hashes: await this.use.visitors.hashesOf(context.origin) };
    const counted = await listCounted(this.use.database, visits, now);
    if (counted.size === 0) return new Map();
    const [last] = await this.use.database.query<{ at: string | Date }>(
      'SELECT at FROM share_link_use WHERE share_link_id = ? AND is_counted = 1 ORDER BY id DESC LIMIT 1',
      [id],
    );
    const lastCountedAt = last ? fromSqlInstant(last.at) : null;
    const finishable = assets.flatMap((asset): [string, Date][] => {
      const until = finishUntil({ countedAt: counted.get(fileIdOf(asset)) ?? null, lastCountedAt, expiresAt }, now);
      return until === null ? [] : [[asset.id, until]];
    });
    return new Map(finishable);
  }

  async #judge(context: RequestContext, { token, fileName }: WantedSharedFile): Promise<JudgedFile | null> {
    const opened = await this.open(context, token);
    if (!opened) return null;
    const { link, row, revisionId } = opened;
    const files = revisionId === null ? [] : await context.loader(this.use.assets.byRevision).load(revisionId);
    const asset = files.find((file) => file.fileName === fileName) ?? null;
    const hashes = asset ? await this.use.visitors.hashesOf(context.origin) : [];
    const visit = { scopeId: link.id, fileId: asset ? fileIdOf(asset) : '', hashes };
    // Who has begun finishes, although the link gives no more.
    const mayFinish = asset !== null && (await this.listFinishable(context, link, [asset])).has(asset.id);
    const open = mayFinish ? { ...link, maxDownloads: null } : link;
    const judged = { link, asset, visit, ...(await this.use.access.decideShared(context, open, row && { row, asset })) };
    noteJudged(context, { ...judged, shareLinkId: link.id });
    return judged;
  }

  /** @returns false when the link gives no more. The link is locked: of two that want the last download one gets it */
  async #record(
    context: RequestContext,
    granted: { link: ShareLink; asset: StoredAsset; release: JudgedRelease; visit: VisitedFile },
  ): Promise<boolean> {
    const { link, asset, release, visit } = granted;
    const at = this.use.clock.now();
    const { timeZone, logAddress } = await this.use.settings.read();
    return this.use.database.transaction(async (tx) => {
      await tx.lock(ShareLink, { id: link.id });
      // Signatures and checksums come with their main file; ranges and resumes of a visitor are one download.
      const isCounted = !release.isSideFile;
      const isRepeated = isCounted && (await repeatVisit(tx, visit, at));
      if ((await takeDownload(tx, { linkId: link.id, at, isCounted: isCounted && !isRepeated })) === 0) return false;
      if (isRepeated) return true;
      if (isCounted) await countVisit(tx, visit, at);
      const used = { downloadableId: release.row.id, assetId: asset.id, version: release.row.version, fileName: asset.fileName, isCounted };
      await tx.manager.insert(ShareLinkUse, { id: newId(), at, shareLinkId: link.id, ...used });
      const download = { ...downloadedOf(release), source: 'SHARE_LINK', shareLinkId: link.id };
      await insertEvent(tx, { id: newEventId(at), at, ...download, ...grantedByLink(context, logAddress), isCounted: false });
      await countInStatistics(tx, { ...download, day: calendarDate(at, timeZone) });
      return true;
    });
  }
}

/** What a visitor has of a file: its bytes. Others under the same name are another download. */
const fileIdOf = ({ id, storedObjectId }: StoredAsset): string => storedObjectId ?? id;

/** Takes one download of a link that works, or none where it is not counted. @returns 0 when the link gives no more */
function takeDownload(tx: Transaction, { linkId, at, isCounted }: { linkId: string; at: Date; isCounted: boolean }): Promise<number> {
  const count = isCounted ? ', downloads_used = downloads_used + 1' : '';
  const limit = isCounted ? 'AND (max_downloads IS NULL OR downloads_used < max_downloads)' : '';
  return tx.execute(`UPDATE share_link SET last_used_at = ?${count} WHERE id = ? AND revoked_at IS NULL AND expires_at > ? ${limit}`, [
    toSqlInstant(at),
    linkId,
    toSqlInstant(at),
  ]);
}

/** A file that is not there is no news about a link that works. */
function refusalOf(judged: JudgedFile | null): SharedFileOutcome {
  return { isGranted: false, decision: judged && !judged.decision.allowed ? judged.decision : null };
}
