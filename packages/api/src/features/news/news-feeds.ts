import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Actor, UserActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { RequestContext } from '../../kernel/context.js';
import { PublicFault } from '../../kernel/problem/faults.js';
import { hashToken, randomToken } from '../../kernel/secret/secrets.js';
import { newsRefusals as words } from '../../messages/refusals.js';
import { listLicensedProducts } from '../licenses/license-rows.js';
import { NewsFeed } from './news-choice.entity.js';

/** When a feed was read is written down at most so often. */
const READ_EVERY_MS = 3_600_000;

export interface NewsFeedsUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly publicUrl: string;
}

interface Row {
  readonly user_id: string;
  readonly customer_id: string;
  readonly last_read_at: string | Date | null;
}

/** The feeds of people, each at an address of its own that only they know. */
export class NewsFeeds {
  constructor(private readonly use: NewsFeedsUse) {}

  /** @returns the address, which is kept nowhere */
  async create({ actor }: RequestContext): Promise<string> {
    const { userId } = requirePerson(actor);
    const token = randomToken();
    await this.use.database.transaction(async (tx) => {
      await tx.manager.delete(NewsFeed, { userId });
      await tx.manager.insert(NewsFeed, { userId, tokenHash: hashToken(token), createdAt: this.use.clock.now(), lastReadAt: null });
    });
    return `${this.use.publicUrl}/feeds/news/${token}`;
  }

  async end({ actor }: RequestContext): Promise<void> {
    const { userId } = requirePerson(actor);
    await this.use.database.transaction((tx) => tx.manager.delete(NewsFeed, { userId }));
  }

  /** The request as its person's: they see there what they may download. @returns null: there is no such feed any more */
  async open(context: RequestContext, token: string): Promise<RequestContext | null> {
    const [row] = await this.use.database.query<Row>(
      `SELECT f.user_id, f.last_read_at, u.customer_id FROM news_feed f
       JOIN user_account u ON u.id = f.user_id WHERE f.token_hash = ? AND u.disabled_at IS NULL AND u.customer_id IS NOT NULL`,
      [hashToken(token)],
    );
    if (!row) return null;
    await this.#touch(row);
    const actor: UserActor = {
      kind: 'USER',
      userId: row.user_id,
      sessionId: '',
      role: 'CUSTOMER',
      scopes: new Set(),
      productIds: null,
      // A feed only reads: it never has an owner’s rights.
      memberRole: 'MEMBER',
      customerId: row.customer_id,
      licensedProductIds: await listLicensedProducts(this.use.database, row.customer_id),
    };
    const reply = { setSession: () => undefined, setDevice: () => undefined, setVisitor: () => undefined };
    return new RequestContext(context.requestId, actor, context.origin, reply);
  }

  async #touch({ user_id: userId, last_read_at: last }: Row): Promise<void> {
    const now = this.use.clock.now();
    if (last !== null && now.getTime() - fromSqlInstant(last).getTime() < READ_EVERY_MS) return;
    const sql = 'UPDATE news_feed SET last_read_at = ? WHERE user_id = ?';
    await this.use.database.transaction((tx) => tx.execute(sql, [toSqlInstant(now), userId]));
  }
}

/** Feeds are of people who have a customer: staff see everything where they work. */
function requirePerson(actor: Actor): UserActor {
  if (actor.kind === 'USER' && actor.customerId !== null) return actor;
  throw new PublicFault('FORBIDDEN', words.noFeed);
}
