import {
  RECIPIENT_REASONS,
  RECIPIENT_STATES,
  RECIPIENT_TEXTS,
  recipientReasonText,
  type RecipientReason,
  type RecipientText,
} from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';

const enumOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>; // the keys are exactly the values

export const RecipientReasonEnum = enumOf(RECIPIENT_REASONS);
registerEnumType(RecipientReasonEnum, {
  name: 'RecipientReason',
  description: 'Why somebody gets no mail, or nothing at all.',
  valuesConfig: Object.fromEntries(RECIPIENT_REASONS.map((reason) => [reason, { description: `${recipientReasonText(reason)}.` }])),
});
export const RecipientTextEnum = enumOf(RECIPIENT_TEXTS);
registerEnumType(RecipientTextEnum, {
  name: 'RecipientText',
  description: 'Which text somebody gets: the second one is for people whose updates ended before the release.',
});
export const RecipientStateEnum = enumOf(RECIPIENT_STATES);
registerEnumType(RecipientStateEnum, {
  name: 'RecipientState',
  description: 'Whether somebody was told: by mail, by a notice in the portal alone, not yet, or not at all.',
});

@InputType('AnnouncementAudienceInput', { description: 'An announcement whose audience to work out.' })
export class AnnouncementAudienceInput {
  @Field(() => ID, { description: 'The ID of the release.' })
  downloadableId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether people whose updates ended get the second text. Defaults to false.' })
  withSecondText?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to leave out people who were told of the release before. Defaults to false.',
  })
  excludeAlreadyTold?: boolean | null;
}

@ObjectType('AudienceTally', { description: 'How many licenses and people something is about.' })
@Access('public')
export class AudienceTally {
  @Field(() => Int, { description: 'The number of licenses.' })
  licenses!: number;

  @Field(() => Int, { description: 'The number of people. Somebody with two customers may be counted twice.' })
  people!: number;
}

@ObjectType('AudienceReason', { description: 'How many get no mail for one reason.' })
@Access('public')
export class AudienceReason extends AudienceTally {
  @Field(() => RecipientReasonEnum, { description: 'The reason.' })
  reason!: RecipientReason;
}

@ObjectType('AudienceEntry', { description: 'Somebody in the audience of an announcement, or a customer who is left out.' })
@Access('license:read')
export class AudienceEntry {
  @Field(() => ID, { description: 'The ID of the customer.' })
  customerId!: string;

  @Field(() => ID, { nullable: true, description: 'The ID of the license that decided. Null if there is none.' })
  licenseId!: string | null;

  @Weight({ bytes: 30 })
  @Field(() => String, { description: 'The name of the person or customer.' })
  name!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The address.' })
  address!: string;

  @Field(() => RecipientTextEnum, { nullable: true, description: 'The text that they get. Null if they are left out.' })
  text!: RecipientText | null;

  @Field(() => RecipientReasonEnum, { nullable: true, description: 'Why they get no mail. Null if they do.' })
  reason!: RecipientReason | null;
}

@ObjectType('AudienceStep', {
  description: 'A part of the audience of an announcement: ask again with `endCursor` for the next one, and add them up.',
})
@Access('public')
export class AudienceStep {
  @Field(() => Int, { description: 'The number of licenses in this part.' })
  judgedLicenses!: number;

  @Field(() => Int, { description: 'The number of licenses of the product.' })
  totalLicenses!: number;

  @Field(() => AudienceTally, { description: 'Those who may download the release; people who get a mail.' })
  first!: AudienceTally;

  @Field(() => AudienceTally, { description: 'Those whose updates ended before it and who get the second text; people who get a mail.' })
  second!: AudienceTally;

  @Weight({ items: 6 })
  @Field(() => [AudienceReason], { description: 'Those who get no mail, by reason.' })
  reasons!: readonly AudienceReason[];

  @Weight({ items: 60 })
  @Field(() => [AudienceEntry], {
    description: 'Some of each group. Empty unless you have `license:read` for the product.',
  })
  sample!: readonly AudienceEntry[];

  @Field(() => String, { nullable: true, description: 'Where to go on, to pass as `after`. Null at the end.' })
  endCursor!: string | null;
}
