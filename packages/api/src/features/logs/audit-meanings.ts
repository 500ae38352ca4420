import type { Database } from '../../database/database.js';
import { matcherOf } from '../../search/matches.js';
import { searchActors } from './actor-names.js';
import type { LogSearch } from './log-search.js';
import type { Condition } from './log-table.js';

/** Ids that one meaning has at most. */
const IDS_MAX_COUNT = 1_000;
const ABOUT = ['subject_id'];
const ABOUT_OR_BY = ['subject_id', 'actor_id'];

/** What a search or a filter means in the audit trail, which knows what was done to which object, and nothing of products or customers. */
export class AuditMeanings {
  constructor(
    private readonly database: Database,
    private readonly search: LogSearch,
  ) {}

  /** @returns null for a search without a word */
  async read(typed: string | null | undefined): Promise<readonly Condition[] | null> {
    const found = await this.search.read(typed);
    if (!found || typed == null) return null;
    const actors = matcherOf(typed) ? await searchActors(this.database, typed) : [];
    const own = [{ columns: ABOUT_OR_BY, values: actors.map(({ id }) => id) }, await this.#personal(typed.trim())];
    const others = await Promise.all((found.narrowedTo ? [found.narrowedTo] : found.meanings).map((one) => this.#translated(one)));
    return [...own, ...others];
  }

  /** A product and its releases. */
  async ofProducts(ids: readonly unknown[]): Promise<Condition> {
    return { columns: ABOUT, values: await this.#withOwned(ids, ['SELECT id FROM downloadable WHERE product_id IN']) };
  }

  /** A customer, their licenses, people and machine keys. */
  async ofCustomers(ids: readonly unknown[]): Promise<Condition> {
    const owned = ['license', 'user_account', 'machine_key'].map((table) => `SELECT id FROM ${table} WHERE customer_id IN`);
    return { columns: ABOUT_OR_BY, values: await this.#withOwned(ids, owned) };
  }

  async #translated({ columns: [column], values }: Condition): Promise<Condition> {
    switch (column) {
      case 'customer_id':
        return this.ofCustomers(values);
      case 'product_id':
        return this.ofProducts(values);
      case 'request_id':
        return { columns: ['request_id'], values };
      case 'downloadable_id':
        return { columns: ABOUT, values };
      case 'license_id':
      case 'user_id':
        return { columns: ABOUT_OR_BY, values };
      case undefined:
      default:
        return { columns: [], values: [] };
    }
  }

  async #withOwned(ids: readonly unknown[], selects: readonly string[]): Promise<readonly string[]> {
    const own = ids.map(String);
    if (own.length === 0) return [];
    const owned = await Promise.all(selects.map((select) => this.#ids(`${select} (${own.map(() => '?').join(', ')})`, own)));
    return [...own, ...owned.flat()];
  }

  /** Names, e-mail addresses and IP addresses stand apart from the events; erased ones are not found. */
  async #personal(text: string): Promise<Condition> {
    const rows = await this.database.query<{ event_id: string }>(
      `SELECT event_id FROM audit_personal WHERE value = ? ORDER BY value, event_id DESC LIMIT ${IDS_MAX_COUNT}`,
      [text],
    );
    return { columns: ['id'], values: rows.map((row) => row.event_id) };
  }

  async #ids(sql: string, parameters: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(`${sql} LIMIT ${IDS_MAX_COUNT}`, parameters);
    return rows.map(({ id }) => id);
  }
}
