import { createHash } from 'node:crypto';
import type { Database } from '../../database/database.js';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem/faults.js';
import type { RequestContext } from '../../kernel/context.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { VisibleDownloadables } from '../downloadables/visible-downloadables.js';
import { sumCounters } from '../downloadables/list/list-counters.js';
import type { AccessService } from '../downloads/access/access.service.js';
import type { ProductList } from '../products/product-list.js';
import type { ProductService } from '../products/product.service.js';

/** Products whose newest version is looked at for a page of all of them. */
const LISTED_MAX_COUNT = 100;

export interface PortalStateUse {
  readonly database: Database;
  readonly products: ProductService;
  readonly productList: ProductList;
  readonly downloadables: DownloadableLoaders;
  readonly visible: VisibleDownloadables;
  readonly access: AccessService;
}

/** What an open page of the portal shows: of one product, and one release of it, or of all products. */
export interface ShownInPortal {
  readonly productId: string | null;
  readonly releaseId: string | null;
}

/** Tells whether what a page of the portal shows is still so: a text that is another one as soon as something of it changes. */
export class PortalState {
  constructor(private readonly use: PortalStateUse) {}

  /** @throws PublicFault NOT_FOUND for a product that is missing or not for this caller */
  async of(context: RequestContext, shown: ShownInPortal): Promise<string> {
    const facts = [
      await this.#licenses(context.actor),
      await this.#products(context, shown),
      await this.#release(context, shown.releaseId),
    ];
    return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
  }

  /** What is theirs to use: a change of one is a change of the sum, the count or the newest change. */
  async #licenses(actor: Actor): Promise<unknown> {
    const owner = actor.kind === 'LICENSE' ? (['id', actor.licenseId] as const) : null;
    const ofUser = actor.kind === 'USER' && actor.customerId !== null ? (['customer_id', actor.customerId] as const) : null;
    const [column, value] = owner ?? ofUser ?? [null, null];
    if (column === null) return null;
    return this.use.database.query(
      `SELECT COUNT(*) AS total, MAX(updated_at) AS changed, SUM(downloads_used) AS used FROM license WHERE ${column} = ?`,
      [value],
    );
  }

  async #products(context: RequestContext, { productId }: ShownInPortal): Promise<unknown> {
    if (productId === null) return this.#everyProduct(context);
    const product = await this.use.products.find(context, { id: productId });
    if (!product) throw notFound('product');
    const statuses = ['PUBLISHED', 'ARCHIVED', 'WITHDRAWN'] as const;
    const counts = await Promise.all(statuses.map((status) => sumCounters(this.use.database, [{ productId, status }])));
    return [product.updatedAt, counts, await this.#newest(context, productId)];
  }

  async #everyProduct(context: RequestContext): Promise<unknown> {
    const { nodes, totalCount } = await this.use.productList.list(context, null, { first: LISTED_MAX_COUNT });
    const newest = await Promise.all(nodes.map(async ({ id, updatedAt }) => [id, updatedAt, await this.#newest(context, id)]));
    return [totalCount, newest];
  }

  async #newest(context: RequestContext, productId: string): Promise<unknown> {
    const row = await context.loader(this.use.downloadables.latest).load(productId);
    const judged = row && (await this.use.access.decide(context, { row }));
    return [row?.id, judged?.decision];
  }

  async #release(context: RequestContext, releaseId: string | null): Promise<unknown> {
    const row = releaseId === null ? null : await this.use.visible.find(context, releaseId);
    const judged = row && (await this.use.access.decide(context, { row }));
    return [row?.updatedAt, row?.status, row?.liveRevisionId, judged?.decision];
  }
}
