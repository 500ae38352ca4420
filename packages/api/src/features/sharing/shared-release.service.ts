import { calendarDate, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { newId } from '../../kernel/ids.js';
import { hashToken } from '../../kernel/secrets.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { AccessService } from '../downloads/access.service.js';
import type { JudgedRelease } from '../downloads/access-facts.js';
import { countInStatistics } from '../downloads/download-counters.js';
import { DownloadEvent } from '../downloads/download.entities.js';
import { downloadedOf } from '../downloads/download-source.js';
import type { DownloadService } from '../downloads/download.service.js';
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
  /** The open draft, else the live revision: testers test what comes next. */
  readonly revisionId: string | null;
}

interface JudgedFile {
  readonly link: ShareLink;
  readonly decision: EntitlementDecision;
  readonly asset: StoredAsset | null;
  readonly release: JudgedRelease | null;
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
    return { link, row, revisionId: row && (row.draftRevisionId ?? row.liveRevisionId) };
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

  /** Grants a download by the link, counts and records it, or tells why not. Every GET counts: whoever has the URL gets all bytes. */
  async grant(context: RequestContext, wanted: WantedSharedFile): Promise<SharedFileOutcome> {
    const judged = await this.#judge(context, wanted);
    const { asset, release } = judged ?? {};
    if (!judged?.decision.allowed || !asset || !release) return refusalOf(judged);
    this.use.downloads.requireServable(context, asset);
    if (await this.#record({ link: judged.link, asset, release })) return { isGranted: true, asset };
    // Another request took the last download, or somebody revoked the link, between our decision and our count: decide anew.
    return refusalOf(await this.#judge(context.refreshed(), wanted));
  }

  async #judge(context: RequestContext, { token, fileName }: WantedSharedFile): Promise<JudgedFile | null> {
    const opened = await this.open(context, token);
    if (!opened) return null;
    const { link, row, revisionId } = opened;
    const files = revisionId === null ? [] : await context.loader(this.use.assets.byRevision).load(revisionId);
    const asset = files.find((file) => file.fileName === fileName) ?? null;
    return { link, asset, ...(await this.use.access.decideShared(context, link, row && { row, asset })) };
  }

  /** @returns false when the link gives no more, by one conditional update: of two that want the last download one gets it */
  async #record(granted: { link: ShareLink; asset: StoredAsset; release: JudgedRelease }): Promise<boolean> {
    const { link, asset, release } = granted;
    const { row, mainAsset } = release;
    const at = this.use.clock.now();
    // Signatures and checksums come with their main file.
    const isCounted = mainAsset === null;
    const count = isCounted ? ', downloads_used = downloads_used + 1' : '';
    const limit = isCounted ? 'AND (max_downloads IS NULL OR downloads_used < max_downloads)' : '';
    const { timeZone } = await this.use.settings.read();
    return this.use.database.transaction(async (tx) => {
      const changed = await tx.execute(
        `UPDATE share_link SET last_used_at = ?${count} WHERE id = ? AND revoked_at IS NULL AND expires_at > ? ${limit}`,
        [toSqlInstant(at), link.id, toSqlInstant(at)],
      );
      if (changed === 0) return false;
      const used = {
        downloadableId: row.id,
        assetId: asset.id,
        shareLinkId: link.id,
        version: row.version,
        fileName: asset.fileName,
        isCounted,
      };
      await tx.manager.insert(ShareLinkUse, { id: newId(), at, ...used });
      const nobody = { licenseId: null, userId: null, tokenId: null, isCounted: false };
      const download = { ...downloadedOf(release), source: 'SHARE_LINK' };
      await tx.manager.insert(DownloadEvent, { id: newId(), at, ...download, ...nobody });
      await countInStatistics(tx, { ...download, day: calendarDate(at, timeZone) });
      return true;
    });
  }
}

/** A file that is not there is no news about a link that works. */
function refusalOf(judged: JudgedFile | null): SharedFileOutcome {
  return { isGranted: false, decision: judged && !judged.decision.allowed ? judged.decision : null };
}
