import type { Role } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import { AsciiColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** A person who can sign in with a password. */
@Entity('user_account')
@Index('ux_user_account_email', ['emailKey'], { unique: true })
@Index('ix_user_account_customer', ['customerId'])
export class UserAccount {
  @IdPrimary('user_account') id!: string;
  @TextColumn('email', 254) email!: string;
  @TextColumn('email_key', 254) emailKey!: string;
  @TextColumn('name', 100) name!: string;
  @AsciiColumn('role', 16) role!: Role;
  @AsciiColumn('password_hash', 200) passwordHash!: string;
  @ForeignKey('customer', { name: 'fk_user_account_customer_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('customer_id', { nullable: true })
  customerId!: string | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
}
