import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime, JSONObject } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('AuditEvent', { description: 'One thing somebody did: who, what, when, before and after. Never changed afterwards.' })
@Access('public')
export class AuditEventType {
  @Field(() => ID, { description: 'ULID; later events have higher ones.' })
  id!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'What was done, for example downloadable.publish.' })
  action!: string;

  @Field(() => String, { description: 'To what kind of object, for example downloadable or license.' })
  subjectType!: string;

  @Field(() => ID, { description: 'To which one.' })
  subjectId!: string;
}

@ObjectType('AuditActor', { description: 'Who did something.' })
@Access('public')
export class AuditActorType {
  @Field(() => String, { description: 'USER, TOKEN, LICENSE, ANONYMOUS, or SYSTEM for what Slipway did by itself.' })
  kind!: string;

  @Field(() => ID, { description: 'The person, token or license.' })
  id!: string;

  @Field(() => String, { description: 'Their name as it is now, or what kind of actor it was.' })
  name!: string;
}

@ObjectType('AuditChange', { description: 'The part of an object that an event changed.' })
@Access('public')
export class AuditChangeType {
  @Weight({ bytes: 1_000 })
  @Field(() => JSONObject, { nullable: true, description: 'Before; null when it was made.' })
  before!: Record<string, unknown> | null;

  @Weight({ bytes: 1_000 })
  @Field(() => JSONObject, { nullable: true, description: 'After; null when it was deleted.' })
  after!: Record<string, unknown> | null;
}

export const AuditEventConnection = connectionType('AuditEvent', () => AuditEventType);

@InputType('AuditEventFilter', { description: 'Which events to list; absent fields do not narrow.' })
export class AuditEventFilter {
  @Field(() => String, { nullable: true, description: 'Only about this kind of object; needed with subjectId.' })
  subjectType?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only about this object.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only by this person, token or license.' })
  actorId?: string | null;
}

@ArgsType()
export class AuditEventArgs extends ForwardPageArgs {
  @Field(() => AuditEventFilter, { nullable: true, description: 'Which ones.' })
  filter?: AuditEventFilter | null;
}
