import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** A key with which a machine of a customer's downloads; only its hash is kept. */
@Entity('machine_key')
@Index('ux_machine_key_hash', ['keyHash'], { unique: true })
@Index('ix_machine_key_customer', ['customerId', 'id'])
@Index('ix_machine_key_license', ['licenseId'])
export class MachineKey {
  @IdPrimary('machine_key') id!: string;
  @ForeignKey('customer', { name: 'fk_machine_key_customer_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('customer_id')
  customerId!: string;
  /** The one license that it is for; null: all that the customer has. */
  @ForeignKey('license', { name: 'fk_machine_key_license_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('license_id', { nullable: true })
  licenseId!: string | null;
  @TextColumn('name', 100) name!: string;
  @CodeColumn('key_hash', 64) keyHash!: string;
  /** The first characters, by which people know it. */
  @CodeColumn('key_prefix', 16) keyPrefix!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('expires_at', { nullable: true }) expiresAt!: Date | null;
  @InstantColumn('last_used_at', { nullable: true }) lastUsedAt!: Date | null;
  @InstantColumn('revoked_at', { nullable: true }) revokedAt!: Date | null;
}
