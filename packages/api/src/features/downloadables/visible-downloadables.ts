import type { Database } from '../../database/database.js';
import { findByIds, readingOf } from '../../database/entity-rows.js';
import type { RequestContext } from '../../kernel/context.js';
import { seesDrafts, seesProduct, seesRelease } from '../../kernel/policy.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import { Downloadable } from './downloadable.entity.js';

/** Finds downloadables as a viewer sees them: what is hidden is as if it were missing. */
export class VisibleDownloadables {
  constructor(
    private readonly database: Database,
    private readonly products: ProductLoaders,
  ) {}

  /** The downloadable, or null when it is missing or not for this viewer. */
  async find(context: RequestContext, id: string): Promise<Downloadable | null> {
    const [row] = await findByIds(this.database, Downloadable, [id]);
    return row ? this.show(context, row) : null;
  }

  /** The downloadable of a version, or null when it is missing or not for this viewer. */
  async findByVersion(context: RequestContext, productId: string, versionKey: string): Promise<Downloadable | null> {
    const { table, columns, make } = readingOf(this.database, Downloadable);
    const [found] = await this.database.queryPrepared<Readonly<Record<string, unknown>>>(
      `SELECT ${columns.join(', ')} FROM ${table} WHERE product_id = ? AND version_key = ?`,
      [productId, versionKey],
    );
    return found ? this.show(context, make(found)) : null;
  }

  /** The downloadable, or null when it is not for this viewer. */
  async show(context: RequestContext, row: Downloadable): Promise<Downloadable | null> {
    if (seesDrafts(context.actor, row.productId)) return row;
    const product = seesRelease(context.actor, row) ? await context.loader(this.products.byId).load(row.productId) : null;
    return product && seesProduct(context.actor, product) ? row : null;
  }
}
