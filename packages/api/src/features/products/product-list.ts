import type { Database } from '../../database/database.js';
import type { SqlValue } from '../../database/transaction.js';
import { keysetClause } from '../../database/keyset.js';
import type { RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { In } from 'typeorm';
import { matcherOf } from '../../search/matches.js';
import { Product } from './product.entity.js';
import { visibleProductsSql } from './visible-products.js';

/** Products that a search looks through at most; more than a vendor has. */
const SEARCHED_MAX_COUNT = 20_000;

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/** Lists products by name. A search folds names as all searches do, which no engine's LIKE does alike. */
export class ProductList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Product>> {
    const page = readPage(args, { name: 'product', width: 2 });
    const visible = visibleProductsSql(context.actor);
    const matches = matcherOf(search ?? '');
    const keyset = keysetClause({ columns: ['name_key', 'id'], isDescending: false }, page.cursor);
    const found = (where: string, parameters: readonly SqlValue[], most: number): Promise<readonly ProductRow[]> =>
      this.database.query<ProductRow>(
        `SELECT id, name, slug FROM product WHERE ${where} AND ${visible.where} ORDER BY ${keyset.orderBy} LIMIT ?`,
        [...parameters, ...visible.parameters, matches ? SEARCHED_MAX_COUNT : most],
      );
    const isFound = ({ name, slug }: ProductRow): boolean => matches?.([name, slug]) ?? true;
    const rows = (await found(keyset.where, keyset.parameters, page.size + 1)).filter(isFound).slice(0, page.size + 1);
    const total = matches ? (await found('1 = 1', [], COUNT_CAP + 1)).filter(isFound).length : await this.#count(visible);
    const products = await this.#load(rows.map((row) => row.id));
    return connectionOf(page, products, (product) => [product.nameKey, product.id], capCount(total));
  }

  async #count({ where, parameters }: ReturnType<typeof visibleProductsSql>): Promise<number> {
    const [row] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM product WHERE ${where} LIMIT ?) AS counted`,
      [...parameters, COUNT_CAP + 1],
    );
    return Number(row?.total ?? 0);
  }

  async #load(ids: readonly string[]): Promise<Product[]> {
    const rows = await this.database.read.findBy(Product, { id: In([...ids]) });
    const known = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => known.get(id) ?? []);
  }
}
