import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, LongTextColumn, TextColumn } from '../../database/columns.js';

/** Work that must happen once, some time after the transaction that asked for it. */
@Entity('job')
@Index('ix_job_due', ['finishedAt', 'runAt'])
@Index('ux_job_dedupe_key', ['dedupeKey'], { unique: true })
export class Job {
  @IdPrimary('job') id!: string;
  @CodeColumn('kind', 40) kind!: string;
  @CodeColumn('dedupe_key', 120) dedupeKey!: string;
  @LongTextColumn('payload') payload!: string;
  @InstantColumn('run_at') runAt!: Date;
  @IntColumn('attempts') attempts!: number;
  @IdColumn('lease_token', { nullable: true }) leaseToken!: string | null;
  @InstantColumn('lease_until', { nullable: true }) leaseUntil!: Date | null;
  @InstantColumn('finished_at', { nullable: true }) finishedAt!: Date | null;
  @TextColumn('last_error', 500, { nullable: true }) lastError!: string | null;
}
