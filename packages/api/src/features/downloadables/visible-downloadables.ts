import type { Database } from '../../database/database.js';
import type { RequestContext } from '../../kernel/context.js';
import { seesDrafts, seesProduct, seesRelease } from '../../kernel/policy.js';
import { Product } from '../products/product.entity.js';
import { Downloadable } from './downloadable.entity.js';

/** Finds downloadables as a viewer sees them: what is hidden is as if it were missing. */
export class VisibleDownloadables {
  constructor(private readonly database: Database) {}

  /** The downloadable, or null when it is missing or not for this viewer. */
  async find(context: RequestContext, id: string): Promise<Downloadable | null> {
    const row = await this.database.read.findOneBy(Downloadable, { id });
    return row && this.show(context, row);
  }

  /** The downloadable of a version, or null when it is missing or not for this viewer. */
  async findByVersion(context: RequestContext, productId: string, versionKey: string): Promise<Downloadable | null> {
    const row = await this.database.read.findOneBy(Downloadable, { productId, versionKey });
    return row && this.show(context, row);
  }

  /** The downloadable, or null when it is not for this viewer. */
  async show(context: RequestContext, row: Downloadable): Promise<Downloadable | null> {
    if (seesDrafts(context.actor, row.productId)) return row;
    const product = seesRelease(context.actor, row) ? await this.database.read.findOneBy(Product, { id: row.productId }) : null;
    return product && seesProduct(context.actor, product) ? row : null;
  }
}
