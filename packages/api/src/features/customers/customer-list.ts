import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { keysetClause } from '../../database/keyset.js';
import { mayUse } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { matchingCustomers, type SqlPart } from './customer-terms.js';
import { Customer } from './customer.entity.js';

const EVERYBODY: SqlPart = { sql: '1 = 1', parameters: [] };
const NOBODY: SqlPart = { sql: '1 = 0', parameters: [] };

/** Lists customers, newest first, or those who have every word of a search in name, company or e-mail address. */
export class CustomerList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Customer>> {
    if (!mayUse(context.actor, 'license:read', null)) throw forbidden('license:read');
    const page = readPage(args, { name: 'customer', width: 2 });
    const { sql, parameters } = matchingSql(search);
    const keyset = keysetClause({ columns: ['created_at', 'id'], isDescending: true }, page.cursor);
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM customer WHERE ${keyset.where} AND ${sql} ORDER BY ${keyset.orderBy} LIMIT ?`,
      [...keyset.parameters, ...parameters, page.size + 1],
    );
    const [count] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM customer WHERE ${sql} LIMIT ?) AS counted`,
      [...parameters, COUNT_CAP + 1],
    );
    const known = await this.database.read.findBy(Customer, { id: In(rows.map((row) => row.id)) });
    const byId = new Map(known.map((customer) => [customer.id, customer]));
    const customers = rows.flatMap((row) => byId.get(row.id) ?? []);
    return connectionOf(
      page,
      customers,
      (customer) => [toSqlInstant(customer.createdAt), customer.id],
      capCount(Number(count?.total ?? 0)),
    );
  }
}

function matchingSql(search: string | null): SqlPart {
  if (!search?.trim()) return EVERYBODY;
  const matching = matchingCustomers(search);
  return matching ? { sql: `id IN (${matching.sql})`, parameters: matching.parameters } : NOBODY;
}
