import type { EntitlementDecision } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import { revisionHtml } from '../downloadables/changelog/changelog-html.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import type { SettingsService } from '../settings/settings.service.js';
import type { SharedContent, SharedFile, SharedRelease } from './shared-release.schema.js';
import type { OpenedLink, SharedReleaseService } from './shared-release.service.js';

export interface SharedViewDependencies {
  readonly shared: SharedReleaseService;
  readonly settings: SettingsService;
  readonly products: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
}

/** The link, and the address under which people reach this program. */
export interface AskedLink {
  readonly token: string;
  readonly publicUrl: string;
}

/** What testers may read: of a link that is used up still the notes and checksums, of one that has expired nothing. */
const isReadable = ({ allowed, code }: EntitlementDecision): boolean => allowed || code === 'SHARE_LINK_LIMIT';

/** Puts together what a link shows, for the page and for programs alike. */
export class SharedReleaseView {
  constructor(private readonly use: SharedViewDependencies) {}

  /** Null when the link is unknown or revoked. */
  async show(context: RequestContext, asked: AskedLink): Promise<SharedRelease | null> {
    const opened = await this.use.shared.open(context, asked.token);
    if (!opened) return null;
    const { link, row } = opened;
    const [access, product, { feedbackEmail }] = await Promise.all([
      this.use.shared.decide(context, opened),
      context.loader(this.use.products.byId).load(link.productId),
      this.use.settings.read(),
    ]);
    const { expiresAt, channel, maxDownloads, downloadsUsed } = link;
    return {
      productName: product?.name ?? '',
      channel,
      // Who had a link that is over does not learn from it what comes next.
      version: access.code === 'SHARE_LINK_EXPIRED' ? null : (row?.version ?? null),
      expiresAt,
      downloadsLeft: maxDownloads === null ? null : Math.max(0, maxDownloads - downloadsUsed),
      feedbackEmail: feedbackEmail || null,
      access,
      content: isReadable(access) ? await this.#content(context, opened, asked) : null,
    };
  }

  async #content(context: RequestContext, opened: OpenedLink, asked: AskedLink): Promise<SharedContent | null> {
    const { row, revisionId } = opened;
    if (!row || revisionId === null) return null;
    const [revision, assets] = await Promise.all([
      context.loader(this.use.downloadables.revision).load(revisionId),
      context.loader(this.use.assets.byRevision).load(revisionId),
    ]);
    if (!revision) return null;
    const { name, channel, releaseDate, frozenAt } = revision;
    const finishable = await this.use.shared.listFinishable(context, opened.link, assets);
    const changelog = await context.loader(this.use.downloadables.changelog).load(revisionId);
    return {
      name,
      channel,
      isDraft: frozenAt === null || row.status === 'DRAFT' || row.status === 'SCHEDULED',
      releaseDate,
      changelogHtml: revisionHtml.of({ id: revisionId, changelog }),
      files: assets.map((asset) => sharedFile(asset, finishable.get(asset.id) ?? null, `${asked.publicUrl}/s/${asked.token}`)),
    };
  }
}

function sharedFile(asset: StoredAsset, finishUntil: Date | null, linkUrl: string): SharedFile {
  const { id, fileName, type, platform, architecture, size, sha256, state, externalUrl } = asset;
  const downloadUrl = `${linkUrl}/${encodeURIComponent(fileName)}`;
  return { id, fileName, type, platform, architecture, size, sha256, state, external: externalUrl !== null, downloadUrl, finishUntil };
}
