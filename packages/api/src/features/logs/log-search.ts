import { emailKey, parseVersion, versionSortKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { addressSpellings } from '../../kernel/text/shown-address.js';
import { matcherOf } from '../../search/matches.js';
import { matchingCustomers } from '../customers/customer-terms.js';
import type { LicenseKeys } from '../licenses/license-keys.js';
import type { Condition } from './log-table.js';

/** What a search of the logs may mean, and what all of that must be about besides. */
export interface Meanings {
  readonly meanings: readonly Condition[];
  readonly narrowedTo: Condition | null;
}

/** Ids that one meaning has at most; products that are looked through for a name. */
const IDS_MAX_COUNT = 1_000;
const PRODUCTS_MAX_COUNT = 20_000;
const REQUEST_ID = /^[\w.:=+-]{8,40}$/;
/** What a key ends in. */
const ENDING_MAX_LENGTH = 8;

/** Turns what somebody typed into ids that the logs have indexes of: no log is searched by its texts. */
export class LogSearch {
  constructor(
    private readonly database: Database,
    private readonly keys: LicenseKeys,
  ) {}

  /** @returns null for a search without a word */
  async read(typed: string | null | undefined): Promise<Meanings | null> {
    const text = (typed ?? '').slice(0, LIMITS.searchText.most).trim();
    if (text === '') return null;
    const words = text.split(/\s+/);
    const version = words.length > 1 ? words.find(isVersion) : undefined;
    const [wholes, narrowed] = [await this.#meaningsOf(text), version === undefined ? null : await this.#withVersion(words, version)];
    const isWhole = wholes.some(({ values }) => values.length > 0);
    return narrowed && !isWhole ? narrowed : { meanings: wholes, narrowedTo: null };
  }

  async #meaningsOf(text: string): Promise<readonly Condition[]> {
    const isWord = !/\s/.test(text);
    const [customers, products, people] = await Promise.all([this.#customers(text), this.#products(text), this.#people(text)]);
    const [licenses, releases] = isWord ? await Promise.all([this.#licenses(text), this.#releases(text)]) : [[], []];
    return [
      { columns: ['request_id'], values: REQUEST_ID.test(text) ? [text] : [] },
      { columns: ['address'], values: isWord ? addressSpellings(text) : [] },
      { columns: ['license_id'], values: licenses },
      { columns: ['user_id'], values: people },
      { columns: ['customer_id'], values: customers },
      { columns: ['downloadable_id'], values: releases },
      { columns: ['product_id'], values: products },
    ];
  }

  /** `Aurora Studio 2.4.0`, `Tidewater 2.4.0`: what the other words mean, of that version alone. */
  async #withVersion(words: readonly string[], version: string): Promise<Meanings> {
    const meanings = await this.#meaningsOf(words.filter((word) => word !== version).join(' '));
    const releases = await this.#releases(version);
    return releases.length === 0
      ? { meanings: [], narrowedTo: null }
      : { meanings, narrowedTo: { columns: ['downloadable_id'], values: releases } };
  }

  async #customers(text: string): Promise<readonly string[]> {
    const matching = matchingCustomers(text);
    if (!matching) return [];
    const rows = await this.database.query<{ customer_id: string }>(`${matching.sql} LIMIT ${IDS_MAX_COUNT}`, matching.parameters);
    return rows.map((row) => row.customer_id);
  }

  /** As the list of products searches: by names and slugs, folded. */
  async #products(text: string): Promise<readonly string[]> {
    const matches = matcherOf(text);
    if (!matches) return [];
    const rows = await this.database.query<{ id: string; name: string; slug: string }>(
      `SELECT id, name, slug FROM product ORDER BY name_key, id LIMIT ${PRODUCTS_MAX_COUNT}`,
    );
    return rows
      .filter(({ name, slug }) => matches([name, slug]))
      .slice(0, IDS_MAX_COUNT)
      .map(({ id }) => id);
  }

  async #people(text: string): Promise<readonly string[]> {
    if (!text.includes('@')) return [];
    return this.#ids('SELECT id FROM user_account WHERE email_key = ?', [emailKey(text)]);
  }

  /** By how a key ends, or by the whole of it. */
  async #licenses(text: string): Promise<readonly string[]> {
    const endings = text.length <= ENDING_MAX_LENGTH ? [text, text.toUpperCase()] : [];
    const byEnding = endings.length === 0 ? [] : await this.#ids('SELECT id FROM license WHERE key_hint IN (?, ?)', endings);
    const hashes = this.keys.hashes(text);
    return [...byEnding, ...(await this.#ids(`SELECT id FROM license WHERE key_hash IN (${hashes.map(() => '?').join(', ')})`, hashes))];
  }

  async #releases(text: string): Promise<readonly string[]> {
    const parsed = parseVersion(text);
    return parsed.ok ? this.#ids('SELECT id FROM downloadable WHERE version_key = ?', [versionSortKey(parsed.value)]) : [];
  }

  async #ids(sql: string, parameters: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(`${sql} LIMIT ${IDS_MAX_COUNT}`, parameters);
    return rows.map(({ id }) => id);
  }
}

const isVersion = (word: string): boolean => /^v?\d+\./i.test(word) && parseVersion(word).ok;
