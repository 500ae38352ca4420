import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CodeColumn, IdColumn, InstantColumn, IntColumn, TextColumn, TextPrimary } from '../../database/columns.js';

/** A value of an audit row that identifies a person. Erased, it keeps its place and nothing else: without its salt nobody can guess it. */
@Entity('audit_personal')
@Index('ix_audit_personal_owner', ['ownerId', 'eventId'])
@Index('ix_audit_personal_value', ['value', 'eventId'])
export class AuditPersonal {
  @TextPrimary('audit_personal', 'event_id', 26) eventId!: string;
  /** Where it belongs: `before.email`, `after.name`, `address`. */
  @TextPrimary('audit_personal', 'place', 60) place!: string;
  /** Whose it is: the ID of a customer, person, license, token or share link. */
  @CodeColumn('owner_id', 32) ownerId!: string;
  @CodeColumn('salt', 24, { nullable: true }) salt!: string | null;
  @TextColumn('value', 500, { nullable: true }) value!: string | null;
  /** The audit event that erased it. */
  @IdColumn('erased_by', { nullable: true }) erasedBy!: string | null;
}

/** One link of the chain: an audit event, and what ties it to the one before. */
@Entity('audit_seal')
@Index('ux_audit_seal_event', ['eventId'], { unique: true })
export class AuditSeal {
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'pk_audit_seal' }) sequence!: number;
  @IdColumn('event_id') eventId!: string;
  /** When the event happened: known even where its row is gone. */
  @InstantColumn('at') at!: Date;
  @CodeColumn('previous', 64) previous!: string;
  @CodeColumn('seal', 64) seal!: string;
}

/** The name of the only head. */
export const AUDIT_CHAIN = 'audit';

/** How far the chain reaches, kept apart from it: a tail that is cut off is missed. Its row is the lock of whoever seals. */
@Entity('audit_head')
export class AuditHead {
  @TextPrimary('audit_head', 'name', 16) name!: string;
  @IntColumn('sequence') sequence!: number;
  @CodeColumn('seal', 64) seal!: string;
  /** The chain begins after this one: earlier events were let go when their time was over. */
  @IntColumn('base_sequence') baseSequence!: number;
  @CodeColumn('base_seal', 64) baseSeal!: string;
  /** Until when rows without a stamp are taken for those of an older Slipway; null: none are. */
  @InstantColumn('legacy_until', { nullable: true }) legacyUntil!: Date | null;
  @CodeColumn('signature', 64) signature!: string;
  @IdColumn('lease_token', { nullable: true }) leaseToken!: string | null;
  @InstantColumn('lease_until', { nullable: true }) leaseUntil!: Date | null;
}
