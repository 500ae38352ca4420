import type { Database } from '../../database/database.js';
import { readKeysetList, type KeysetList } from '../../database/keyset-list.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { matcherOf } from '../../search/matches.js';
import { Product } from './product.entity.js';
import { listedProductsSql } from './listed-products.js';

const BY_NAME: KeysetList<Product> = {
  name: 'product',
  table: 'product',
  entity: Product,
  order: { columns: ['name_key', 'id'], isDescending: false },
  cursorOf: ({ nameKey, id }) => [nameKey, id],
};

/** Products that a search looks through at most; more than a vendor has. */
const SEARCHED_MAX_COUNT = 20_000;

/** Lists products by name. A search folds names as all searches do, which no engine's LIKE does alike. */
export class ProductList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Product>> {
    const matches = matcherOf(search ?? '');
    const isFound = ({ name = '', slug = '' }: Readonly<Record<string, string>>): boolean => matches?.([name, slug]) ?? true;
    const sieve = matches && { columns: ['name', 'slug'], isFound, most: SEARCHED_MAX_COUNT };
    return readKeysetList(this.database, BY_NAME, { args, where: listedProductsSql(context.actor), sieve });
  }
}
