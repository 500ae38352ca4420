import { onlyProductOf } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import { readKeysetList, type KeysetList } from '../../database/keyset-list.js';
import type { SqlPart, SqlValue } from '../../database/transaction.js';
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

/** Licenses with the same last characters that a search looks at, at most. */
const SAME_HINT_MAX_COUNT = 100;

/** Lists licenses, newest first; those that end within some time, the first to end first. Each filter has an index. */
export class LicenseList {
  constructor(
    private readonly database: Database,
    private readonly keys: LicenseKeys,
  ) {}

  async list(context: RequestContext, args: LicenseListArgs): Promise<Connection<License>> {
    const list = args.expiresFrom != null || args.expiresBefore != null ? BY_END : NEWEST_FIRST;
    return readKeysetList(this.database, list, { args, where: this.#filterSql(context, args) });
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

  #filterSql({ actor }: RequestContext, args: LicenseListArgs): SqlPart {
    const equal: readonly [string, SqlValue | undefined][] = [
      ['customer_id', args.customerId],
      ['product_id', args.productId],
      ['product_id', onlyProductOf(actor)],
      ['status', args.status],
    ];
    const parts: SqlPart[] = equal.flatMap(([column, value]) =>
      // Not "= ?" on MySQL: its optimizer then leaves the index and walks the table from its first entry.
      value == null ? [] : [{ sql: `${column} ${this.database.dialect === 'mysql' ? "IN (?, '')" : '= ?'}`, parameters: [value] }],
    );
    if (args.expiresFrom) parts.push({ sql: 'expires_at >= ?', parameters: [toSqlInstant(args.expiresFrom)] });
    if (args.expiresBefore) parts.push({ sql: 'expires_at < ?', parameters: [toSqlInstant(args.expiresBefore)] });
    if (args.search?.trim()) parts.push(this.#searchSql(args.search.trim()));
    return {
      sql: parts.map((part) => part.sql).join(' AND ') || '1 = 1',
      parameters: parts.flatMap((part) => part.parameters),
    };
  }

  /** Licenses of the customers that match, the one that has the whole key, and those whose key ends like this. */
  #searchSql(search: string): SqlPart {
    const customers = matchingCustomers(search);
    const byHint = `SELECT id FROM (SELECT id FROM license WHERE key_hint IN (?, ?) ORDER BY key_hint, id LIMIT ${SAME_HINT_MAX_COUNT}) AS hinted`;
    const keyHashes = this.keys.hashes(search);
    const byKey = `SELECT id FROM license WHERE key_hash IN (${keyHashes.map(() => '?').join(', ')})`;
    const ofCustomers = customers && `SELECT id FROM license WHERE customer_id IN (${customers.sql})`;
    return {
      // A table of its own: MySQL would run a bare UNION again for every license.
      sql: `id IN (SELECT id FROM (${[byKey, byHint, ...(ofCustomers ? [ofCustomers] : [])].join(' UNION ')}) AS wanted)`,
      parameters: [...keyHashes, search, search.toUpperCase(), ...(customers?.parameters ?? [])],
    };
  }
}
