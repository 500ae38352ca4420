import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

/** One use of an idempotency key, written with its effect. */
@Entity('idempotency')
@Index('ix_idempotency_expires_at', ['expiresAt'])
export class Idempotency {
  @TextPrimary('idempotency', 'actor_id', 32) actorId!: string;
  @TextPrimary('idempotency', 'key_hash', 64) keyHash!: string;
  @CodeColumn('operation', 60) operation!: string;
  @CodeColumn('input_hash', 64) inputHash!: string;
  @IdColumn('result_id', { nullable: true }) resultId!: string | null;
  @InstantColumn('expires_at') expiresAt!: Date;
}
