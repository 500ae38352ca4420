import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, ListColumn, TextColumn } from '../../database/columns.js';

/** A program's key to the API; only its hash is kept. */
@Entity('api_token')
@Index('ux_api_token_hash', ['tokenHash'], { unique: true })
@Index('ix_api_token_product', ['productId'])
@Index('ix_api_token_creator', ['createdBy'])
export class ApiToken {
  @IdPrimary('api_token') id!: string;
  @TextColumn('name', 100) name!: string;
  @CodeColumn('token_hash', 64) tokenHash!: string;
  @ListColumn('scopes', 255) scopes!: string[];
  @ForeignKey('product', { name: 'fk_api_token_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('product_id', { nullable: true })
  productId!: string | null;
  @ForeignKey('user_account', { name: 'fk_api_token_created_by', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('created_by')
  createdBy!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('expires_at') expiresAt!: Date;
  @InstantColumn('last_used_at', { nullable: true }) lastUsedAt!: Date | null;
  @InstantColumn('revoked_at', { nullable: true }) revokedAt!: Date | null;
}
