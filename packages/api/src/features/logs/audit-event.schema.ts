import type { AuditSubject } from '../../machinery/audit/audit-actions.js';
import { AuditSubjectEnum, type OTHER } from './audit.enums.js';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime, JSONObject } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('AuditEvent', {
  description: 'An entry of the audit trail: who did what, when, and what it changed. Entries are never edited.',
})
@Access('public')
export class AuditEventType {
  @Field(() => ID, { description: 'The ID of the event, a ULID. Later events have higher IDs.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the event happened.' })
  at!: Date;

  @Field(() => ID, { description: 'The ID of the object that the action was taken on.' })
  subjectId!: string;
}

@ObjectType('AuditActor', { description: 'A person, token, license or system process that did something.' })
@Access('public')
export class AuditActorType {
  @Field(() => String, { description: 'The kind of actor: `USER`, `TOKEN`, `LICENSE`, `ANONYMOUS`, or `SYSTEM` for Slipway itself.' })
  kind!: string;

  @Field(() => ID, { description: 'The ID of the person, token or license.' })
  id!: string;

  @Field(() => String, { description: 'The current name of the actor, or a description if it has none.' })
  name!: string;
}

@ObjectType('AuditChange', { description: 'A change to an object. Holds only the fields that changed.' })
@Access('public')
export class AuditChangeType {
  @Weight({ bytes: 1_000 })
  @Field(() => JSONObject, { nullable: true, description: 'The values before the change. Null if the object was created.' })
  before!: Record<string, unknown> | null;

  @Weight({ bytes: 1_000 })
  @Field(() => JSONObject, { nullable: true, description: 'The values after the change. Null if the object was deleted.' })
  after!: Record<string, unknown> | null;

  @Weight({ items: 1, bytes: 10 })
  @Field(() => [String], {
    description: 'Names of the fields whose values were erased because the person asked for it. They are null in `before` and `after`.',
  })
  erased!: readonly string[];
}

export const AuditEventConnection = connectionType('AuditEvent', () => AuditEventType);

@InputType('AuditEventFilter', { description: 'A filter for audit events. Omitted fields do not restrict the list.' })
export class AuditEventFilter {
  @Field(() => AuditSubjectEnum, { nullable: true, description: 'Only events about this kind of object. Required with `subjectId`.' })
  subjectType?: AuditSubject | typeof OTHER | null;

  @Field(() => ID, { nullable: true, description: 'Only events about the object with this ID.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only events by the person, token or license with this ID.' })
  actorId?: string | null;
}

@ArgsType()
export class AuditEventArgs extends ForwardPageArgs {
  @Field(() => AuditEventFilter, { nullable: true, description: 'Which events to list. Defaults to all.' })
  filter?: AuditEventFilter | null;
}
