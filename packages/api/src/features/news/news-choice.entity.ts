import type { NewsChoice } from '@slipway/shared';
import { Entity, Index } from 'typeorm';
import { CodeColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

/** Under this product id stands what somebody chose for all products that they chose nothing else for. */
export const ALL_PRODUCTS = '';

/**
 * What the reader of an address wants to hear. It is kept under a keyed hash of the address, so that it tells of nobody, holds for
 * every mail to it, and still holds when a customer was erased and comes back.
 */
@Entity('news_choice')
export class NewsChoiceRow {
  @TextPrimary('news_choice', 'address_hash', 64) addressHash!: string;
  @TextPrimary('news_choice', 'product_id', 26) productId!: string;
  @CodeColumn('choice', 16) choice!: NewsChoice;
  @InstantColumn('changed_at') changedAt!: Date;
}

/** The Atom feed of a person: its address has a token in it, since feed readers cannot sign in. */
@Entity('news_feed')
@Index('ux_news_feed_token', ['tokenHash'], { unique: true })
export class NewsFeed {
  @TextPrimary('news_feed', 'user_id', 26) userId!: string;
  @CodeColumn('token_hash', 64) tokenHash!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('last_read_at', { nullable: true }) lastReadAt!: Date | null;
}
