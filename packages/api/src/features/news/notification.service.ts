import { choiceFor, emailKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { oneOf } from '../../database/transaction.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../kernel/problem/faults.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { RefusedAddresses } from '../../machinery/mail/refused-addresses.js';
import { newsRefusals as words } from '../../messages/refusals.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { ALL_PRODUCTS, NewsFeed } from './news-choice.entity.js';
import type { NewsChoices } from './news-choices.js';
import type {
  ChosenProduct,
  ClearAddressRefusalInput,
  NotificationChoicesType,
  UpdateNotificationChoicesInput,
} from './notification.schema.js';

const PRODUCTS_MAX_COUNT = 100;

export interface NotificationUse {
  readonly database: Database;
  readonly choices: NewsChoices;
  readonly refusedAddresses: RefusedAddresses;
  readonly audit: Audit;
}

/** Whose choices are read or changed: the person who is signed in, or whoever reads the mails to an address. */
interface Reader {
  readonly address: string;
  readonly userId: string | null;
  readonly customerIds: readonly string[];
}

/** What people want to hear, as they say it signed in or by the link of a mail. */
export class NotificationService {
  constructor(private readonly use: NotificationUse) {}

  /** Null: nobody here made the link, and nobody is signed in who has an address. */
  async find(context: RequestContext, token: string | null): Promise<NotificationChoicesType | null> {
    const reader = await this.#readerOf(context, token);
    return reader && this.#show(reader);
  }

  async update(
    context: RequestContext,
    { token = null, general, products }: UpdateNotificationChoicesInput,
  ): Promise<NotificationChoicesType> {
    const reader = await this.#readerOf(context, token);
    if (!reader) refuse('LINK_INVALID', words.notKnown, 'token');
    const wanted = products ?? [];
    if (wanted.length > PRODUCTS_MAX_COUNT) refuse('TOO_MANY', words.tooMany(PRODUCTS_MAX_COUNT), 'products');
    const own = new Set((await this.#productsOf(reader)).map(({ id }) => id));
    if (wanted.some(({ productId }) => !own.has(productId))) refuse('NOT_FOUND', words.noLicense, 'products');
    await this.use.database.transaction(async (tx) => {
      if (general != null) await this.use.choices.choose(tx, reader.address, { productId: ALL_PRODUCTS, choice: general });
      for (const { productId, choice = null } of wanted) await this.use.choices.choose(tx, reader.address, { productId, choice });
    });
    return this.#show(reader);
  }

  /** What one click in a mail program does. @returns false: nobody here made the link */
  async unsubscribe(token: string): Promise<boolean> {
    const address = this.use.choices.addressOf(token);
    if (address === null) return false;
    await this.use.database.transaction((tx) => this.use.choices.chooseNothing(tx, address));
    return true;
  }

  /** Staff say that the address of a customer or person takes mail again. @returns the address */
  async clearRefusal(context: RequestContext, { customerId, userId }: ClearAddressRefusalInput): Promise<string> {
    if (!mayUse(context.actor, 'license:write', null)) throw forbidden('license:write');
    if ((customerId == null) === (userId == null)) throw badInput('Give customerId or userId, and only one of them.');
    const [subjectType, subjectId] = customerId == null ? (['user', userId ?? ''] as const) : (['customer', customerId] as const);
    return this.use.database.transaction(async (tx) => {
      const found = await tx.manager.findOneBy<UserAccount | Customer>(subjectType === 'user' ? UserAccount : Customer, { id: subjectId });
      if (!found) throw notFound(subjectType);
      await this.use.refusedAddresses.clear(tx, found.email);
      await this.use.audit.record(tx, context, { action: 'mail.acceptAddress', subjectType, subjectId });
      return found.email;
    });
  }

  async #show(reader: Reader): Promise<NotificationChoicesType> {
    const { database, choices, refusedAddresses } = this.use;
    const [chosen, products, refused, feed] = await Promise.all([
      choices.all(database, reader.address),
      this.#productsOf(reader),
      refusedAddresses.refused(database, [reader.address]),
      reader.userId === null ? null : database.read.findOneBy(NewsFeed, { userId: reader.userId }),
    ]);
    return {
      address: reader.address,
      general: choiceFor(undefined, chosen.get(ALL_PRODUCTS)),
      products: products.map(({ id, name }) => ({ productId: id, name, choice: chosen.get(id) ?? null })),
      refusal: refused.get(reader.address) ?? null,
      feed,
    };
  }

  async #readerOf({ actor }: RequestContext, token: string | null): Promise<Reader | null> {
    if (token !== null) return this.#readerOfLink(token);
    if (actor.kind !== 'USER') return null;
    const [user] = await this.use.database.query<{ email: string }>('SELECT email FROM user_account WHERE id = ?', [actor.userId]);
    return user ? { address: user.email, userId: actor.userId, customerIds: actor.customerId === null ? [] : [actor.customerId] } : null;
  }

  async #readerOfLink(token: string): Promise<Reader | null> {
    const address = this.use.choices.addressOf(token);
    if (address === null) return null;
    const key = emailKey(address);
    const rows = await this.use.database.query<{ id: string }>(
      `SELECT id FROM customer WHERE email_key = ? AND erased_at IS NULL
       UNION SELECT customer_id AS id FROM user_account WHERE email_key = ? AND customer_id IS NOT NULL AND disabled_at IS NULL`,
      [key, key],
    );
    return { address, userId: null, customerIds: rows.map(({ id }) => id) };
  }

  async #productsOf({ customerIds }: Reader): Promise<readonly ChosenProduct[]> {
    const { sql, parameters } = oneOf('l.customer_id', customerIds);
    return this.use.database.query<ChosenProduct>(
      `SELECT DISTINCT p.id, p.name, p.name_key FROM license l JOIN product p ON p.id = l.product_id WHERE ${sql} ORDER BY p.name_key, p.id`,
      parameters,
    );
  }
}
