import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';
import { AUDIT_FAULTS, type AuditFaultKind } from '../../machinery/audit/audit-check.js';

/** The values are what the code has. */
export const AuditFaultKindEnum = Object.fromEntries(Object.keys(AUDIT_FAULTS).map((kind) => [kind, kind]));
registerEnumType(AuditFaultKindEnum, {
  name: 'AuditFaultKind',
  description: 'What is wrong with an event of the audit trail.',
  valuesConfig: Object.fromEntries(Object.entries(AUDIT_FAULTS).map(([kind, description]) => [kind, { description }])),
});

@ObjectType('AuditChain', {
  description:
    'How far the audit trail is sealed. Each event is tied to the one before, so that a change of a past event is found. Compare `seal` with the line `the audit trail was sealed` of a log that is kept elsewhere.',
})
@Access('public')
export class AuditChainType {
  @Field(() => Int, { description: 'The place of the last sealed event, counted from 1; 0 if nothing is sealed yet.' })
  sequence!: number;

  @Field(() => Int, {
    description: 'The place after which the chain begins: events up to here were deleted when their retention ended. 0 if none were.',
  })
  baseSequence!: number;

  @Weight({ bytes: 64 })
  @Field(() => String, { description: 'The seal of the last sealed event, in hex. Empty if nothing is sealed yet.' })
  seal!: string;
}

@ObjectType('AuditFault', { description: 'An event of the audit trail that is not as it was written.' })
@Access('public')
export class AuditFaultType {
  @Field(() => AuditFaultKindEnum, { description: 'What is wrong.' })
  kind!: AuditFaultKind;

  @Field(() => Int, { nullable: true, description: 'The place of the event in the chain. Null if it has none.' })
  sequence!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the event happened; if its seal is gone too, when the one beside it happened.',
  })
  at!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the event. Null if nothing tells it any more.' })
  eventId!: string | null;
}

@ObjectType('AuditCheck', { description: 'What verifying a page of the audit trail found.' })
@Access('public')
export class AuditCheckType {
  @Field(() => Int, { description: 'The place of the last event that was checked. Pass it as `after` to check the next page.' })
  through!: number;

  @Field(() => Boolean, { description: 'Whether this was the last page.' })
  isDone!: boolean;

  @Field(() => Int, { name: 'checkedCount', description: 'How many events were checked on this page.' })
  checked!: number;

  @Field(() => Int, {
    name: 'erasedCount',
    description: 'How many personal values on this page were erased with a customer. The chain holds without them.',
  })
  erased!: number;

  @Field(() => Int, { name: 'unsealedCount', description: 'How many events are not sealed yet. Counted on the last page; 0 before.' })
  unsealed!: number;

  @Weight({ items: 5 })
  @Field(() => [AuditFaultType], { description: 'The events that are not as they were written. Empty if all is well.' })
  faults!: readonly AuditFaultType[];
}
