import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, LongTextColumn } from '../../database/columns.js';

/** Who did what, when and from where, with the subject before and after. Only ever appended. */
@Entity('audit_event')
@Index('ix_audit_event_subject', ['subjectType', 'subjectId', 'id'])
@Index('ix_audit_event_actor', ['actorId', 'id'])
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
  @CodeColumn('address', 45) address!: string;
  @CodeColumn('request_id', 40) requestId!: string;
}
