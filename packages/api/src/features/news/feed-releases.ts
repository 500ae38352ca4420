import { portalPath, wantsNews, type NewsChoice } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import type { DownloadableList } from '../downloadables/list/downloadable-list.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import { revisionHtml } from '../downloadables/changelog/changelog-html.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { AccessService } from '../downloads/access/access.service.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import type { AtomEntry } from './atom.js';

/** Feed readers ask again and again: what is older is found on the page. */
const ENTRIES_MAX_COUNT = 20;
/** Releases looked through for them. */
const PAGES_MAX_COUNT = 5;
const PAGE_SIZE = 100;

export interface FeedReleasesUse {
  readonly list: DownloadableList;
  readonly access: AccessService;
  readonly products: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly publicUrl: string;
}

/** What of the releases a feed tells. */
export interface FeedChoice {
  readonly only: Exclude<NewsChoice, 'NONE'>;
  /** By its slug; null: every product. */
  readonly product: string | null;
}

/** The newest releases that somebody may download, as entries of a feed. */
export class FeedReleases {
  constructor(private readonly use: FeedReleasesUse) {}

  async entries(context: RequestContext, choice: FeedChoice): Promise<AtomEntry[]> {
    const found: AtomEntry[] = [];
    let after: string | null = null;
    for (let page = 0; page < PAGES_MAX_COUNT; page += 1) {
      const { nodes, pageInfo } = await this.use.list.list(context, { filter: { status: 'PUBLISHED' }, first: PAGE_SIZE, after });
      for (const row of nodes) {
        const entry = await this.#entryOf(context, row, choice);
        if (entry) found.push(entry);
        if (found.length === ENTRIES_MAX_COUNT) return found;
      }
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
    }
    return found;
  }

  /** Null: it is not for this reader. */
  async #entryOf(context: RequestContext, row: Downloadable, { only, product: slug }: FeedChoice): Promise<AtomEntry | null> {
    if (!wantsNews(only, row) || row.publishedAt === null || row.liveRevisionId === null) return null;
    const product = await context.loader(this.use.products.byId).load(row.productId);
    if (!product || (slug !== null && product.slug !== slug)) return null;
    const judged = await this.use.access.decide(context, { row });
    if (judged?.decision.allowed !== true) return null;
    const changelog = await context.loader(this.use.downloadables.changelog).load(row.liveRevisionId);
    const link = new URL(portalPath(product.slug, row.version), this.use.publicUrl);
    return {
      id: `urn:ulid:${row.id}`,
      title: `${product.name} ${row.version}`,
      published: row.publishedAt,
      updated: row.updatedAt,
      link: link.href,
      summary: row.summary ?? row.changelogExcerpt,
      html: revisionHtml.of({ id: row.liveRevisionId, changelog }),
      categories: [row.channel, ...(row.isSecurityFix ? ['security'] : [])],
    };
  }
}
