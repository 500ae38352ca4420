import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** Somebody signed in: a user, or whoever entered a license key. */
@Entity('session')
@Index('ux_session_token', ['tokenHash'], { unique: true })
@Index('ix_session_user', ['userId'])
@Index('ix_session_license', ['licenseId'])
@Index('ix_session_last_seen', ['lastSeenAt'])
export class Session {
  @IdPrimary('session') id!: string;
  @CodeColumn('token_hash', 64) tokenHash!: string;
  @ForeignKey('user_account', { name: 'fk_session_user_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('user_id', { nullable: true })
  userId!: string | null;
  @ForeignKey('license', { name: 'fk_session_license_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('license_id', { nullable: true })
  licenseId!: string | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('last_seen_at') lastSeenAt!: Date;
  /** Browser and system, as people call them; null: not known. */
  @TextColumn('device', 100, { nullable: true }) device!: string | null;
}
