import { Entity, Index } from 'typeorm';
import { AsciiColumn, IdColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

/** One use of an idempotency key, written with its effect. */
@Entity('idempotency')
@Index('ix_idempotency_expires_at', ['expiresAt'])
export class Idempotency {
  @TextPrimary('idempotency', 'actor_id', 32) actorId!: string;
  @TextPrimary('idempotency', 'key_hash', 64) keyHash!: string;
  @AsciiColumn('operation', 60) operation!: string;
  @AsciiColumn('input_hash', 64) inputHash!: string;
  @IdColumn('result_id', { nullable: true }) resultId!: string | null;
  @InstantColumn('expires_at') expiresAt!: Date;
}
