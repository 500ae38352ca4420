import { oneOf, type SqlPart } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';

/** Whose notices somebody sees: their own, and those to the address of their customer, which nobody alone has. */
export interface NoticeOwner {
  readonly customerId: string;
  /** Null: the holder of a license key, who is nobody in particular. */
  readonly userId: string | null;
  /** Of these products alone; null: of all. */
  readonly productIds: readonly string[] | null;
}

/** Null: staff, tokens and strangers have none. */
export function noticeOwnerOf(actor: Actor): NoticeOwner | null {
  if (actor.kind === 'LICENSE') return { customerId: actor.customerId, userId: null, productIds: actor.licensedProductIds };
  if (actor.kind !== 'USER' || actor.customerId === null) return null;
  return { customerId: actor.customerId, userId: actor.userId, productIds: null };
}

/** The rows of an owner, each part along the index of people. */
export function rowsOf({ customerId, userId }: NoticeOwner): readonly SqlPart[] {
  const ofCustomer = { sql: 'customer_id = ? AND user_id IS NULL', parameters: [customerId] };
  return userId === null ? [ofCustomer] : [ofCustomer, { sql: 'customer_id = ? AND user_id = ?', parameters: [customerId, userId] }];
}

/** What of their rows is shown: what they were told, of products that are theirs. */
export function shownOf({ productIds }: NoticeOwner): SqlPart {
  const told = `state IN ('MAILED', 'NOTICE_ONLY')`;
  if (productIds === null) return { sql: told, parameters: [] };
  const { sql, parameters } = oneOf('a.product_id', productIds);
  return { sql: `${told} AND EXISTS (SELECT 1 FROM announcement a WHERE a.id = announcement_id AND ${sql})`, parameters };
}

/** All conditions at once, for a single row or a count. */
export function isTheirs(owner: NoticeOwner): SqlPart {
  const parts = rowsOf(owner);
  const shown = shownOf(owner);
  const own = parts.map(({ sql }) => `(${sql})`).join(' OR ');
  return { sql: `(${own}) AND ${shown.sql}`, parameters: [...parts.flatMap(({ parameters }) => parameters), ...shown.parameters] };
}
