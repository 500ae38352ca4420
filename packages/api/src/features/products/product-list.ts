import type { Database } from '../../database/database.js';
import { keysetClause } from '../../database/keyset.js';
import type { RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { In } from 'typeorm';
import { Product } from './product.entity.js';
import { nameKey } from './product.rules.js';
import { visibleProductsSql } from './product-visibility.js';

/** Escapes what LIKE would take for a wildcard. */
const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');

/** Lists products by name. */
export class ProductList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Product>> {
    const page = readPage(args, { name: 'product', width: 2 });
    const visible = visibleProductsSql(context.actor);
    const words = search ? nameKey(search) : '';
    const matching = words === '' ? '1 = 1' : `(name_key LIKE ? ESCAPE '!' OR slug LIKE ? ESCAPE '!')`;
    const pattern = words === '' ? [] : [`%${escapeLike(words)}%`, `%${escapeLike(words)}%`];
    const keyset = keysetClause({ columns: ['name_key', 'id'], isDescending: false }, page.cursor);
    const rows = await this.database.query<{ id: string; name_key: string }>(
      `SELECT id, name_key FROM product WHERE ${keyset.where} AND ${visible.where} AND ${matching} ORDER BY ${keyset.orderBy} LIMIT ?`,
      [...keyset.parameters, ...visible.parameters, ...pattern, page.size + 1],
    );
    const [count] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM product WHERE ${visible.where} AND ${matching} LIMIT ?) AS counted`,
      [...visible.parameters, ...pattern, COUNT_CAP + 1],
    );
    const products = await this.#load(rows.map((row) => row.id));
    return connectionOf(page, products, (product) => [product.nameKey, product.id], capCount(Number(count?.total ?? 0)));
  }

  async #load(ids: readonly string[]): Promise<Product[]> {
    const rows = await this.database.read.findBy(Product, { id: In([...ids]) });
    const known = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => known.get(id) ?? []);
  }
}
