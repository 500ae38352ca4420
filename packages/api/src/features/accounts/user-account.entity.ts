import type { MemberRole, Role } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, TextColumn, TextPrimary } from '../../database/columns.js';

/** A person who can sign in with a password. */
@Entity('user_account')
@Index('ux_user_account_email', ['emailKey'], { unique: true })
@Index('ix_user_account_customer', ['customerId'])
@Index('ix_user_account_role', ['role', 'emailKey'])
export class UserAccount {
  @IdPrimary('user_account') id!: string;
  @TextColumn('email', 254) email!: string;
  /** Lower case may be twice as long. */
  @TextColumn('email_key', 508) emailKey!: string;
  @TextColumn('name', 100) name!: string;
  @CodeColumn('role', 16) role!: Role;
  /** Empty: they sign in by mail alone. */
  @CodeColumn('password_hash', 200) passwordHash!: string;
  @ForeignKey('customer', { name: 'fk_user_account_customer_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('customer_id', { nullable: true })
  customerId!: string | null;
  /** Of a customer's people. Null: they are from before there were members, and owners (`memberRoleOf`); staff have none. */
  @CodeColumn('member_role', 16, { nullable: true }) memberRole!: MemberRole | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
  /** Since when an administrator wants no mail about what needs attention; null: they want it. */
  @InstantColumn('no_alerts_since', { nullable: true }) noAlertsSince!: Date | null;
  /** When they signed in last, since this is kept. */
  @InstantColumn('signed_in_at', { nullable: true }) signedInAt!: Date | null;
}

/** One of the products that somebody of the staff is limited to. Whoever has none works on all of them. */
@Entity('user_product')
@Index('ix_user_product_product', ['productId', 'userId'])
export class UserProduct {
  @ForeignKey('user_account', { name: 'fk_user_product_user_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('user_product', 'user_id', 26)
  userId!: string;
  @ForeignKey('product', { name: 'fk_user_product_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('user_product', 'product_id', 26)
  productId!: string;
}
