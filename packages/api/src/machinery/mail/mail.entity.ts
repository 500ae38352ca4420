import { Entity, Index } from 'typeorm';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  LongTextColumn,
  TextColumn,
  TextPrimary,
} from '../../database/columns.js';

/**
 * What becomes of a mail. QUEUED: it goes out by itself. HELD: there is no server to send it, so that it waits to be read here or to
 * be sent by hand. SENDING: handed over just now. UNKNOWN: in flight when the process or the connection ended; only a person sends
 * it again. FAILED: the server refused it for good.
 */
export const MAIL_STATES = ['QUEUED', 'HELD', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** What a mail is about. */
export const MAIL_KINDS = [
  'TEST',
  'ALERT',
  'INVITATION',
  'SIGN_IN_LINK',
  'PASSWORD_RESET',
  'ADDRESS_CHANGE',
  'ACCOUNT_NOTICE',
  'ANNOUNCEMENT',
  'RECALL',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** One mail to one address: written in the transaction of what it tells, sent at most once. */
@Entity('mail')
@Index('ix_mail_state', ['state', 'id'])
@Index('ix_mail_address', ['toAddress', 'id'])
@Index('ix_mail_kind', ['kind', 'id'])
@Index('ix_mail_user', ['userId', 'id'])
@Index('ix_mail_customer', ['customerId', 'id'])
@Index('ix_mail_downloadable', ['downloadableId', 'id'])
@Index('ix_mail_settled', ['settledAt', 'id'])
@Index('ux_mail_dedupe', ['dedupeKey'], { unique: true })
export class Mail {
  @IdPrimary('mail') id!: string;
  @CodeColumn('kind', 24) kind!: MailKind;
  /** Asking for the same mail twice is asking once. */
  @CodeColumn('dedupe_key', 120) dedupeKey!: string;
  @CodeColumn('state', 16) state!: MailState;
  @TextColumn('to_address', 320) toAddress!: string;
  @TextColumn('to_name', 200) toName!: string;
  /** The account that it was written to, where it has one. */
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  /** The customer that it was written to or for. */
  @IdColumn('customer_id', { nullable: true }) customerId!: string | null;
  /** The release that it is about. */
  @IdColumn('downloadable_id', { nullable: true }) downloadableId!: string | null;
  /** It has a link in it that lets in whoever has it: its words are sealed, and gone once it is sent. */
  @FlagColumn('is_secret', { nullable: true }) isSecret!: boolean;
  /** Where one click ends mails like this one; null: it tells of what its reader did or asked for. */
  @TextColumn('unsubscribe_url', 1_000, { nullable: true }) unsubscribeUrl!: string | null;
  @TextColumn('subject', 500) subject!: string;
  @LongTextColumn('text') text!: string;
  @LongTextColumn('html') html!: string;
  /** Where its button leads, for whoever hands it on by hand. */
  @TextColumn('link', 2_000, { nullable: true }) link!: string | null;
  @InstantColumn('created_at') createdAt!: Date;
  @IntColumn('attempts') attempts!: number;
  /** When it was sent, or given up. */
  @InstantColumn('settled_at', { nullable: true }) settledAt!: Date | null;
  @CodeColumn('message_id', 120) messageId!: string;
  /** The last words of the server. */
  @TextColumn('answer', 500, { nullable: true }) answer!: string | null;
  /** What went wrong and what to do, in a sentence. */
  @TextColumn('problem', 500, { nullable: true }) problem!: string | null;
}

/** An address that a server refused for good: news does not go there until a mail arrives again or somebody asks for it. */
@Entity('refused_address')
export class RefusedAddress {
  /** A keyed hash: the table tells of nobody. */
  @TextPrimary('refused_address', 'address_hash', 64) addressHash!: string;
  @InstantColumn('since') since!: Date;
  /** The last words of the server. */
  @TextColumn('answer', 500) answer!: string;
}
