import type { AuditSubject } from '../../machinery/audit/audit-actions.js';
import { AuditActionEnum, AuditSubjectEnum, type OTHER } from './audit.enums.js';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, PageArgs } from '../../kernel/pagination.js';
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
  @Field(() => String, {
    description: 'The kind of actor: `USER`, `TOKEN`, `MACHINE`, `LICENSE`, `ANONYMOUS`, or `SYSTEM` for Slipway itself.',
  })
  kind!: string;

  @Field(() => ID, { description: 'The ID of the person, token, machine key or license.' })
  id!: string;

  @Field(() => String, { description: 'The current name of the actor, or a description if it has none.' })
  name!: string;
}

@ArgsType()
export class AuditActorArgs {
  @Field(() => String, { nullable: true, description: 'Only those whose name has each of these words.' })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only the person, token or license with this ID.' })
  id?: string | null;
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

  @Field(() => ID, { nullable: true, description: 'Only events by the person, token, machine key or license with this ID.' })
  actorId?: string | null;

  @Field(() => [AuditActionEnum], { nullable: true, description: 'Only events with one of these actions.' })
  actions?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A name or e-mail address of a customer or person, the name of a product or token, a version, the end of a license key, a request ID, or a whole IP address.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only events about the product with this ID and about its releases.' })
  productId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only events about or by the customer with this ID, their licenses and their people.' })
  customerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what happened then or later.' })
  since?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what happened before.' })
  until?: Date | null;
}

@ObjectType('AuditSubjectName', { description: 'The name of the object of an audit event, and where it belongs.' })
@Access('public')
export class AuditSubjectName {
  @Field(() => String, { description: 'The present name: of a downloadable its product and version, of a license its customer.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The ID of the customer, if the object is a license or a person of one.' })
  customerId!: string | null;
}

@ArgsType()
export class AuditEventArgs extends PageArgs {
  @Field(() => AuditEventFilter, { nullable: true, description: 'Which events to list. Defaults to all.' })
  filter?: AuditEventFilter | null;
}
