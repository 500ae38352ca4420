import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { keysetClause } from '../../database/keyset.js';
import { mayUse } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden } from '../../kernel/faults.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { Customer } from './customer.entity.js';
import { emailKey } from './customer.service.js';

/** The text after every text that starts with `prefix`, for an index range. */
const endOfPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

/** Lists customers, newest first, or those whose e-mail address starts with the search. */
export class CustomerList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Customer>> {
    if (!mayUse(context.actor, 'license:read', null)) throw forbidden('license:read');
    const page = readPage(args);
    const prefix = search ? emailKey(search) : '';
    const matching = prefix === '' ? '1 = 1' : 'email_key >= ? AND email_key < ?';
    const range = prefix === '' ? [] : [prefix, endOfPrefix(prefix)];
    const keyset = keysetClause({ columns: ['created_at', 'id'], isDescending: true }, page.cursor);
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM customer WHERE ${keyset.where} AND ${matching} ORDER BY ${keyset.orderBy} LIMIT ?`,
      [...keyset.parameters, ...range, page.size + 1],
    );
    const [count] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM customer WHERE ${matching} LIMIT ?) AS counted`,
      [...range, COUNT_CAP + 1],
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
