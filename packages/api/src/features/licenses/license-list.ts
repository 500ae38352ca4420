import type { Database } from '../../database/database.js';
import { keysetClause } from '../../database/keyset.js';
import type { RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { In } from 'typeorm';
import { License } from './license.entity.js';

export interface LicenseFilter {
  readonly customerId: string | null;
  readonly productId: string | null;
}

/** Lists licenses, newest first. */
export class LicenseList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, filter: LicenseFilter, args: ForwardPageArgs): Promise<Connection<License>> {
    const page = readPage(args);
    const ownProduct = context.actor.kind === 'TOKEN' ? context.actor.productId : null;
    const conditions: [string, string | null][] = [
      ['customer_id = ?', filter.customerId],
      ['product_id = ?', filter.productId],
      ['product_id = ?', ownProduct],
    ];
    const wanted = conditions.filter((condition): condition is [string, string] => condition[1] !== null);
    const where = ['1 = 1', ...wanted.map(([sql]) => sql)].join(' AND ');
    const parameters = wanted.map(([, value]) => value);
    const keyset = keysetClause({ columns: ['id', 'id'], isDescending: true }, page.cursor);
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM license WHERE ${keyset.where} AND ${where} ORDER BY id DESC LIMIT ?`,
      [...keyset.parameters, ...parameters, page.size + 1],
    );
    const [count] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM license WHERE ${where} LIMIT ?) AS counted`,
      [...parameters, COUNT_CAP + 1],
    );
    const known = await this.database.read.findBy(License, { id: In(rows.map((row) => row.id)) });
    const byId = new Map(known.map((license) => [license.id, license]));
    const licenses = rows.flatMap((row) => byId.get(row.id) ?? []);
    return connectionOf(page, licenses, (license) => [license.id, license.id], capCount(Number(count?.total ?? 0)));
  }
}
