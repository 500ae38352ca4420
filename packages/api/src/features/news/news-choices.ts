import { choiceFor, type NewsChoice } from '@slipway/shared';
import { toSqlInstant } from '../../database/instants.js';
import { oneOf, type Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { addressHash } from '../../machinery/mail/refused-addresses.js';
import { ALL_PRODUCTS } from './news-choice.entity.js';

type Reader = Pick<Transaction, 'query'>;

interface Row {
  readonly address_hash: string;
  readonly product_id: string;
  readonly choice: NewsChoice;
}

/** Under which subkey the address in a mail's link is sealed. */
const LINK = 'news-link';

/** What the readers of addresses want to hear, and the links by which they say so without signing in. */
export class NewsChoices {
  constructor(private readonly use: { readonly secrets: Secrets; readonly clock: Clock; readonly publicUrl: string }) {}

  /** What holds for a product at each of some addresses. */
  async choicesOf(tx: Reader, addresses: readonly string[], productId: string): Promise<Map<string, NewsChoice>> {
    const hashes = new Map(addresses.map((address) => [address, this.#hash(address)]));
    const rows = await find(tx, [...new Set(hashes.values())], [ALL_PRODUCTS, productId]);
    const chosen = new Map(rows.map((row) => [`${row.address_hash} ${row.product_id}`, row.choice]));
    return new Map(
      [...hashes].map(([address, hash]) => [address, choiceFor(chosen.get(`${hash} ${productId}`), chosen.get(`${hash} ${ALL_PRODUCTS}`))]),
    );
  }

  /** All that was chosen at an address, by product; under `ALL_PRODUCTS` what holds for the others. */
  async all(tx: Reader, address: string): Promise<Map<string, NewsChoice>> {
    const rows = await find(tx, [this.#hash(address)]);
    return new Map(rows.map((row) => [row.product_id, row.choice]));
  }

  /** Chooses for all products or for one. @param choice null: as for all */
  async choose(tx: Transaction, address: string, { productId, choice }: { productId: string; choice: NewsChoice | null }): Promise<void> {
    const [hash, at] = [this.#hash(address), toSqlInstant(this.use.clock.now())];
    await tx.execute('DELETE FROM news_choice WHERE address_hash = ? AND product_id = ?', [hash, productId]);
    if (choice !== null) await tx.insertIfAbsent('news_choice', { address_hash: hash, product_id: productId, choice, changed_at: at });
  }

  /** No mail of the kind goes to an address any more, whatever was chosen for single products. */
  async chooseNothing(tx: Transaction, address: string): Promise<void> {
    await tx.execute('DELETE FROM news_choice WHERE address_hash = ?', [this.#hash(address)]);
    await this.choose(tx, address, { productId: ALL_PRODUCTS, choice: 'NONE' });
  }

  /** Somebody has another address from now on: what they chose goes with them. */
  async move(tx: Transaction, from: string, to: string): Promise<void> {
    const chosen = await this.all(tx, from);
    if (chosen.size === 0 || this.#hash(from) === this.#hash(to)) return;
    await tx.execute('DELETE FROM news_choice WHERE address_hash = ?', [this.#hash(to)]);
    for (const [productId, choice] of chosen) await this.choose(tx, to, { productId, choice });
  }

  /** The page where the reader of an address chooses, and the address of the one-click request. */
  unsubscribeUrl(address: string): string {
    return `${this.use.publicUrl}/unsubscribe/${Buffer.from(this.use.secrets.encrypt(LINK, LINK, address), 'base64').toString('base64url')}`;
  }

  /** The address in a link; null: nobody here made it. */
  addressOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    // One spelling of a link, not several.
    if (bytes.toString('base64url') !== token) return null;
    try {
      return this.use.secrets.decrypt(LINK, LINK, bytes.toString('base64'));
    } catch {
      return null;
    }
  }

  #hash(address: string): string {
    return addressHash(this.use.secrets, address);
  }
}

function find(tx: Reader, hashes: readonly string[], productIds?: readonly string[]): Promise<Row[]> {
  const of = oneOf('address_hash', hashes);
  const within = productIds ? oneOf('product_id', productIds) : { sql: '1 = 1', parameters: [] };
  return tx.query<Row>(`SELECT address_hash, product_id, choice FROM news_choice WHERE (${of.sql}) AND (${within.sql})`, [
    ...of.parameters,
    ...within.parameters,
  ]);
}
