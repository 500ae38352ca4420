import { coversProduct, type ProductScope } from '@slipway/shared';
import { productScopeOf } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { readKeysetList, type KeysetList, type Split } from '../../database/keyset-list.js';
import { oneOf, type SqlPart } from '../../database/transaction.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Actor } from '../../kernel/actor.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { matchingCustomers } from '../customers/customer-terms.js';
import type { LicenseKeys } from './license-keys.js';
import { License } from './license.entity.js';
import type { LicenseListArgs } from './license.schema.js';

const NEWEST_FIRST: KeysetList<License> = {
  name: 'license',
  table: 'license',
  entity: License,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};

const BY_END: KeysetList<License> = {
  ...NEWEST_FIRST,
  name: 'license by end',
  order: { columns: ['expires_at', 'id'], isDescending: false },
  cursorOf: ({ expiresAt, id }) => [expiresAt ? toSqlInstant(expiresAt) : id, id],
};

/** Licenses with the same last characters, or the same reference, that a search looks at, at most. */
const SAME_HINT_MAX_COUNT = 100;

/** Lists licenses, newest first; those that end within some time, the first to end first. Each filter has an index. */
export class LicenseList {
  constructor(
    private readonly database: Database,
    private readonly keys: LicenseKeys,
  ) {}

  async list(context: RequestContext, args: LicenseListArgs): Promise<Connection<License>> {
    const list = args.expiresFrom != null || args.expiresBefore != null ? BY_END : NEWEST_FIRST;
    const productIds = productsWanted(context.actor, args.productId ?? null);
    // Few licenses, found by another index: nothing is gained by looking for them in each product.
    const isFound = args.customerId != null || Boolean(args.search?.trim());
    const isSplit = productIds !== null && productIds.length > 1 && !isFound;
    const where = this.#filterSql(args, isSplit ? null : productIds);
    return readKeysetList(this.database, list, { args, where, split: isSplit ? this.#ofEach(productIds) : null });
  }

  /** An actor's own licenses, newest first; none for staff and strangers. */
  async listOwn({ actor }: RequestContext, args: ForwardPageArgs): Promise<Connection<License>> {
    return readKeysetList(this.database, NEWEST_FIRST, { args, where: this.#ownSql(actor) });
  }

  #ownSql(actor: Actor): SqlPart {
    if (actor.kind === 'LICENSE') return { sql: 'id = ?', parameters: [actor.licenseId] };
    if (actor.kind === 'USER' && actor.customerId !== null) return { sql: 'customer_id = ?', parameters: [actor.customerId] };
    return { sql: '1 = 0', parameters: [] };
  }

  #ofEach(productIds: readonly string[]): Split {
    return { each: productIds.map((id) => this.#equals('product_id', id)), any: oneOf('product_id', productIds) };
  }

  /** Not "= ?" on MySQL: its optimizer then leaves the index and walks the table from its first entry. */
  #equals(column: string, value: string): SqlPart {
    return { sql: `${column} ${this.database.dialect === 'mysql' ? "IN (?, '')" : '= ?'}`, parameters: [value] };
  }

  #filterSql(args: LicenseListArgs, productIds: ProductScope): SqlPart {
    const parts: SqlPart[] = [];
    if (args.customerId != null) parts.push(this.#equals('customer_id', args.customerId));
    const [only] = productIds ?? [];
    if (productIds !== null)
      parts.push(only !== undefined && productIds.length === 1 ? this.#equals('product_id', only) : oneOf('product_id', productIds));
    if (args.status != null) parts.push(this.#equals('status', args.status));
    if (args.expiresFrom) parts.push({ sql: 'expires_at >= ?', parameters: [toSqlInstant(args.expiresFrom)] });
    if (args.expiresBefore) parts.push({ sql: 'expires_at < ?', parameters: [toSqlInstant(args.expiresBefore)] });
    if (args.search?.trim()) parts.push(this.#searchSql(args.search.trim()));
    return {
      sql: parts.map((part) => part.sql).join(' AND ') || '1 = 1',
      parameters: parts.flatMap((part) => part.parameters),
    };
  }

  /** Licenses of the customers that match, the one that has the whole key, and those whose key ends like this or that have this reference. */
  #searchSql(search: string): SqlPart {
    const customers = matchingCustomers(search);
    const byHint = `SELECT id FROM (SELECT id FROM license WHERE key_hint IN (?, ?) ORDER BY key_hint, id LIMIT ${SAME_HINT_MAX_COUNT}) AS hinted`;
    const keyHashes = this.keys.hashes(search);
    const byKey = `SELECT id FROM license WHERE key_hash IN (${keyHashes.map(() => '?').join(', ')})`;
    const byReference = `SELECT id FROM (SELECT id FROM license WHERE external_reference = ? ORDER BY external_reference, id LIMIT ${SAME_HINT_MAX_COUNT}) AS referring`;
    const ofCustomers = customers && `SELECT id FROM license WHERE customer_id IN (${customers.sql})`;
    return {
      // A table of its own: MySQL would run a bare UNION again for every license.
      sql: `id IN (SELECT id FROM (${[byKey, byHint, byReference, ...(ofCustomers ? [ofCustomers] : [])].join(' UNION ')}) AS wanted)`,
      parameters: [...keyHashes, search, search.toUpperCase(), search, ...(customers?.parameters ?? [])],
    };
  }
}

/** The products whose licenses are asked for, as far as they are the actor's; null: all. */
function productsWanted(actor: Actor, productId: string | null): ProductScope {
  const scope = productScopeOf(actor);
  if (productId === null) return scope;
  return coversProduct(scope, productId) ? [productId] : [];
}
