import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, LongTextColumn } from '../../database/columns.js';

/**
 * Who did what, when and from where, with each changed field before and after. Only ever appended; what identifies a person stands
 * in `AuditPersonal`, so that it can be erased.
 */
@Entity('audit_event')
@Index('ix_audit_event_subject', ['subjectType', 'subjectId', 'id'])
@Index('ix_audit_event_actor', ['actorId', 'id'])
@Index('ix_audit_event_subject_id', ['subjectId', 'id'])
@Index('ix_audit_event_action', ['action', 'id'])
@Index('ix_audit_event_request', ['requestId', 'id'])
@Index('ix_audit_event_sequence', ['sequence', 'id'])
export class AuditEvent {
  @IdPrimary('audit_event') id!: string;
  @InstantColumn('at') at!: Date;
  @CodeColumn('actor_kind', 24) actorKind!: string;
  @CodeColumn('actor_id', 32) actorId!: string;
  @CodeColumn('action', 60) action!: string;
  @CodeColumn('subject_type', 32) subjectType!: string;
  @IdColumn('subject_id') subjectId!: string;
  @LongTextColumn('before_json', { nullable: true }) beforeJson!: string | null;
  @LongTextColumn('after_json', { nullable: true }) afterJson!: string | null;
  /** Empty, but in rows of an older Slipway that are not sealed yet. */
  @CodeColumn('address', 45) address!: string;
  @CodeColumn('request_id', 40) requestId!: string;
  /** Which personal values belong to the row, each with its owner and salted digest; null: none. */
  @LongTextColumn('personal_json', { nullable: true }) personalJson!: string | null;
  /** Shows that Slipway wrote the row, and wrote it so. Null in rows of an older Slipway that are not sealed yet. */
  @CodeColumn('stamp', 64, { nullable: true }) stamp!: string | null;
  /** Its place in the chain, counted from 1; null while it is not sealed. */
  @IntColumn('sequence', { nullable: true }) sequence!: number | null;
}
