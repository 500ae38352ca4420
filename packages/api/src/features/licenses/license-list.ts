import { coversProduct, type ProductScope } from '@slipway/shared';
import { productScopeOf } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { readWindowList } from '../../database/window-list.js';
import type { Clock } from '../../kernel/clock.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { badInput } from '../../kernel/problem/faults.js';
import { readKeysetList, type KeysetList, type Split } from '../../database/keyset-list.js';
import { EVERYTHING, oneOf, type SqlPart } from '../../database/transaction.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Actor } from '../../kernel/actor.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import type { AskedAt } from './license-conditions.js';
import { matchingCustomers } from '../customers/customer-terms.js';
import type { LicenseKeys } from './license-keys.js';
import { License } from './license.entity.js';
import { foundConditions, windowOrder } from './license-orders.js';
import type { LicenseFilter, LicenseListArgs } from './license-filter.js';

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

export interface LicenseListUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: { read: () => Promise<{ readonly timeZone: string }> };
  readonly keys: LicenseKeys;
}

/** Lists licenses, newest first or in the order of the time that is asked for. Each filter has an index; several at once scan one of them. */
export class LicenseList {
  constructor(private readonly use: LicenseListUse) {}

  async list(context: RequestContext, args: LicenseListArgs): Promise<Connection<License>> {
    const list = args.expiresFrom != null || args.expiresBefore != null ? BY_END : NEWEST_FIRST;
    const productIds = productsWanted(context.actor, args.productId ?? null);
    // Few licenses, found by another index: nothing is gained by looking for them in each product.
    const isFound = args.customerId != null || Boolean(args.search?.trim());
    const at = await this.#askedAt(args);
    const { database } = this.use;
    const products = productIds === null ? EVERYTHING : oneOf('product_id', productIds);
    const order = isFound ? null : windowOrder({ filter: args, at, products, dialect: database.dialect });
    if (order) return readWindowList(database, order, args);
    const isSplit = productIds !== null && productIds.length > 1 && !isFound;
    const where = this.#filterSql(args, { productIds: isSplit ? null : productIds, found: isFound ? foundConditions(args, at) : [] });
    return readKeysetList(database, list, { args, where, split: isSplit ? this.#ofEach(productIds) : null });
  }

  /** @throws PublicFault BAD_USER_INPUT for a number of days that is none */
  async #askedAt({ endsWithinDays }: LicenseFilter): Promise<AskedAt> {
    const most = LIMITS.endsWithinDays.most;
    if (endsWithinDays != null && (endsWithinDays < 1 || endsWithinDays > most))
      throw badInput(`Ask for what ends within 1 to ${most} days, not ${endsWithinDays}.`);
    return { now: this.use.clock.now(), timeZone: (await this.use.settings.read()).timeZone };
  }

  /** An actor's own licenses, newest first; none for staff and strangers. */
  async listOwn({ actor }: RequestContext, args: ForwardPageArgs): Promise<Connection<License>> {
    return readKeysetList(this.use.database, NEWEST_FIRST, { args, where: this.#ownSql(actor) });
  }

  #ownSql(actor: Actor): SqlPart {
    if (actor.kind === 'LICENSE') return { sql: 'id = ?', parameters: [actor.licenseId] };
    if (actor.kind === 'USER' && actor.customerId !== null) return { sql: 'customer_id = ?', parameters: [actor.customerId] };
    return { sql: '1 = 0', parameters: [] };
  }

  #ofEach(productIds: readonly string[]): Split {
    return { each: productIds.map((id) => this.#equals('product_id', id)), either: oneOf('product_id', productIds) };
  }

  /** Not "= ?" on MySQL: its optimizer then leaves the index and walks the table from its first entry. */
  #equals(column: string, value: string): SqlPart {
    return { sql: `${column} ${this.use.database.dialect === 'mysql' ? "IN (?, '')" : '= ?'}`, parameters: [value] };
  }

  #filterSql(args: LicenseListArgs, { productIds, found }: { productIds: ProductScope; found: readonly SqlPart[] }): SqlPart {
    const parts: SqlPart[] = [];
    if (args.customerId != null) parts.push(this.#equals('customer_id', args.customerId));
    const [only] = productIds ?? [];
    if (productIds !== null)
      parts.push(only !== undefined && productIds.length === 1 ? this.#equals('product_id', only) : oneOf('product_id', productIds));
    if (args.status != null) parts.push(this.#equals('status', args.status));
    if (args.expiresFrom) parts.push({ sql: 'expires_at >= ?', parameters: [toSqlInstant(args.expiresFrom)] });
    if (args.expiresBefore) parts.push({ sql: 'expires_at < ?', parameters: [toSqlInstant(args.expiresBefore)] });
    if (args.search?.trim()) parts.push(this.#searchSql(args.search.trim()));
    parts.push(...found);
    return {
      sql: parts.map((part) => part.sql).join(' AND ') || '1 = 1',
      parameters: parts.flatMap((part) => part.parameters),
    };
  }

  /** Licenses of the customers that match, the one that has the whole key, and those whose key ends like this or that have this reference. */
  #searchSql(search: string): SqlPart {
    const customers = matchingCustomers(search);
    const byHint = `SELECT id FROM (SELECT id FROM license WHERE key_hint IN (?, ?) ORDER BY key_hint, id LIMIT ${SAME_HINT_MAX_COUNT}) AS hinted`;
    const keyHashes = this.use.keys.hashes(search);
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
