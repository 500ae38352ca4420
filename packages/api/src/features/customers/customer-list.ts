import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { readKeysetList, type KeysetList } from '../../database/keyset-list.js';
import { EVERYTHING, NOTHING, type SqlPart } from '../../database/transaction.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { matchingCustomers } from './customer-terms.js';
import { Customer } from './customer.entity.js';

const NEWEST_FIRST: KeysetList<Customer> = {
  name: 'customer',
  table: 'customer',
  entity: Customer,
  order: { columns: ['created_at', 'id'], isDescending: true },
  cursorOf: ({ createdAt, id }) => [toSqlInstant(createdAt), id],
};

/** Lists customers, newest first, or those who have every word of a search in name, company or e-mail address. */
export class CustomerList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, search: string | null, args: ForwardPageArgs): Promise<Connection<Customer>> {
    if (!mayUse(context.actor, 'license:read', null)) throw forbidden('license:read');
    return readKeysetList(this.database, NEWEST_FIRST, { args, where: matchingSql(search) });
  }
}

function matchingSql(search: string | null): SqlPart {
  if (!search?.trim()) return EVERYTHING;
  const matching = matchingCustomers(search);
  return matching ? { sql: `id IN (${matching.sql})`, parameters: matching.parameters } : NOTHING;
}
