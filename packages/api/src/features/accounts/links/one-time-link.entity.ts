import type { MemberRole, Role } from '@slipway/shared';
import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, LongTextColumn, TextColumn } from '../../../database/columns.js';

/**
 * What a mailed link is for. INVITATION: an account is made. SIGN_IN and RESET: its account is entered, or gets another password.
 * OLD_ADDRESS and NEW_ADDRESS: two of one change, which is done when both were used.
 */
export const LINK_PURPOSES = ['INVITATION', 'SIGN_IN', 'RESET', 'OLD_ADDRESS', 'NEW_ADDRESS'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link that was mailed to one address and works once; of its token only a hash is kept. */
@Entity('one_time_link')
@Index('ux_one_time_link_token', ['tokenHash'], { unique: true })
@Index('ix_one_time_link_customer', ['customerId', 'purpose', 'id'])
@Index('ix_one_time_link_user', ['userId', 'purpose'])
@Index('ix_one_time_link_address', ['addressKey', 'purpose'])
@Index('ix_one_time_link_purpose', ['purpose', 'customerId', 'id'])
@Index('ix_one_time_link_expires', ['expiresAt'])
export class OneTimeLink {
  @IdPrimary('one_time_link') id!: string;
  @CodeColumn('purpose', 16) purpose!: LinkPurpose;
  @CodeColumn('token_hash', 64) tokenHash!: string;
  /** Whose account it is about; null: there is none yet. */
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  /** Whose people an invitation adds to; null: the vendor's staff. */
  @IdColumn('customer_id', { nullable: true }) customerId!: string | null;
  /** Where it was mailed to; of a change of address, both have the new one. */
  @TextColumn('address', 254) address!: string;
  @TextColumn('address_key', 508) addressKey!: string;
  @TextColumn('name', 100) name!: string;
  @CodeColumn('role', 16, { nullable: true }) role!: Role | null;
  @CodeColumn('member_role', 16, { nullable: true }) memberRole!: MemberRole | null;
  /** The products that somebody of the staff will be limited to, as JSON; null: none. */
  @LongTextColumn('product_ids', { nullable: true }) productIds!: string | null;
  /** The mail that carries it. */
  @IdColumn('mail_id', { nullable: true }) mailId!: string | null;
  @CodeColumn('created_by_kind', 24) createdByKind!: string;
  @IdColumn('created_by', { nullable: true }) createdBy!: string | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('expires_at') expiresAt!: Date;
  /** Since when an account is asked for that nobody has agreed to yet; null: it was sent. */
  @InstantColumn('asked_at', { nullable: true }) askedAt!: Date | null;
  @InstantColumn('used_at', { nullable: true }) usedAt!: Date | null;
  @InstantColumn('revoked_at', { nullable: true }) revokedAt!: Date | null;
}
