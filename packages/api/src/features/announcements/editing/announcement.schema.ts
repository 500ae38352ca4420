import {
  ANNOUNCEMENT_KINDS,
  ANNOUNCEMENT_STATES,
  type AnnouncementKind,
  type AnnouncementState,
  type RecipientReason,
  type RecipientState,
  type RecipientText,
} from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { connectionType, ForwardPageArgs, PageArgs } from '../../../kernel/pagination.js';
import { DateTime } from '../../../kernel/scalars.js';
import type { MailState } from '../../../machinery/mail/mail.entity.js';
import { MailStateEnum } from '../../logs/mails/mail.schema.js';
import { RecipientReasonEnum, RecipientStateEnum, RecipientTextEnum } from '../audience/audience.schema.js';

const enumOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>; // the keys are exactly the values
const AnnouncementKindEnum = enumOf(ANNOUNCEMENT_KINDS);
registerEnumType(AnnouncementKindEnum, {
  name: 'AnnouncementKind',
  description: 'Whether people are told that a release is out, or that it was withdrawn.',
});
const AnnouncementStateEnum = enumOf(ANNOUNCEMENT_STATES);
registerEnumType(AnnouncementStateEnum, {
  name: 'AnnouncementState',
  description: 'The state of an announcement: whom it is for is worked out while `PREPARING`, and mails go out while `SENDING`.',
});

@ObjectType('Announcement', { description: 'An announcement or recall of a release.' })
@Access('release:publish')
export class AnnouncementType {
  @Field(() => ID, { description: 'The ID of the announcement, a ULID.' })
  id!: string;

  @Field(() => AnnouncementKindEnum, { description: 'What it tells.' })
  kind!: AnnouncementKind;

  @Field(() => AnnouncementStateEnum, { description: 'The state.' })
  state!: AnnouncementState;

  @Field(() => ID, { description: 'The ID of the release, which may be deleted since.' })
  downloadableId!: string;

  @Field(() => String, { description: 'The version of the release.' })
  version!: string;

  @Weight({ bytes: 80 })
  @Field(() => String, { description: 'The subject, with its placeholders.' })
  subject!: string;

  @Weight({ bytes: 1_000 })
  @Field(() => String, { description: 'The text in Markdown, with its placeholders.' })
  body!: string;

  @Weight({ bytes: 80 })
  @Field(() => String, { nullable: true, description: 'The second subject, for people whose updates ended. Null if they get nothing.' })
  secondSubject!: string | null;

  @Weight({ bytes: 1_000 })
  @Field(() => String, { nullable: true, description: 'The second text in Markdown. Null if they get nothing.' })
  secondBody!: string | null;

  @Field(() => Int, { nullable: true, description: 'The number of mails a minute. Null if only the settings limit it.' })
  perMinute!: number | null;

  @Field(() => Boolean, { name: 'excludesAlreadyTold', description: 'Whether people who were told before are left out.' })
  isToldExcluded!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it is to be sent. Null if it was sent at once, or not yet.' })
  sendAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it began to go out. Null if it has not.' })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was done or stopped. Null if it is neither.' })
  endedAt!: Date | null;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'Why it stopped by itself and what to do, in one sentence.' })
  problem!: string | null;

  @Field(() => Boolean, { description: 'Whether all whom it is for are known.' })
  isAudienceComplete!: boolean;

  @Field(() => Int, { description: 'The number of licenses, or downloads of a recalled release, that were looked at.' })
  judged!: number;

  @Field(() => Int, { description: 'The number of people who wait to be told.' })
  waiting!: number;

  @Field(() => Int, { description: 'The number of people whose mail is in the outbox or was sent.' })
  mailed!: number;

  @Field(() => Int, { description: 'The number of people who have a notice in the portal and get no mail.' })
  noticeOnly!: number;

  @Field(() => Int, { description: 'The number of customers and people who are left out.' })
  leftOut!: number;
}

export const AnnouncementConnection = connectionType('Announcement', () => AnnouncementType);

@ObjectType('AnnouncementRecipient', { description: 'Somebody whom an announcement is for, or who is left out.' })
@Access('license:read')
export class AnnouncementRecipientType {
  @Field(() => ID, { description: 'The ID of the entry, a ULID.' })
  id!: string;

  @Field(() => ID, { description: 'The ID of the customer.' })
  customerId!: string;

  @Field(() => ID, { nullable: true, description: 'The ID of the license that decided. Null if there is none.' })
  licenseId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the person. Null for the address of the customer itself.' })
  userId!: string | null;

  @Weight({ bytes: 30 })
  @Field(() => String, { description: 'The name. Empty if the customer was erased.' })
  name!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The address. Empty if the customer was erased.' })
  address!: string;

  @Field(() => RecipientTextEnum, { description: 'Which text they get.' })
  text!: RecipientText;

  @Field(() => RecipientStateEnum, { description: 'Whether they were told.' })
  state!: RecipientState;

  @Field(() => RecipientReasonEnum, { nullable: true, description: 'Why they get no mail. Null if they do.' })
  reason!: RecipientReason | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the mail. Null if there is none.' })
  mailId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When they were told. Null if they were not.' })
  toldAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they opened the notice in the portal. Null if they have not.' })
  readAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they confirmed a recall. Null if they have not.' })
  acknowledgedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the recalled release was last downloaded with the license. Null for announcements.',
  })
  downloadedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The file that was downloaded then. Null for announcements.' })
  fileName!: string | null;
}

export const RecipientConnection = connectionType('AnnouncementRecipient', () => AnnouncementRecipientType);

@ObjectType('MailTally', { description: 'The number of mails in one state.' })
@Access('public')
export class MailTally {
  @Field(() => MailStateEnum, { description: 'The state.' })
  state!: MailState;

  @Field(() => Int, { description: 'The number of mails.' })
  count!: number;
}

@ObjectType('AnnouncementPreview', { description: 'An announcement as somebody gets it.' })
@Access('public')
export class AnnouncementPreviewType {
  @Weight({ bytes: 80 })
  @Field(() => String, { description: 'The subject.' })
  subject!: string;

  @Weight({ bytes: 3_000 })
  @Field(() => String, { description: 'The mail as plain text.' })
  text!: string;

  @Weight({ bytes: 8_000 })
  @Field(() => String, { description: 'The mail as an HTML document, safe to show.' })
  html!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The address that it would go to. Empty for the example.' })
  to!: string;
}

@InputType('AnnouncementFilter', { description: 'A filter for announcements. Omitted fields do not restrict the list.' })
export class AnnouncementFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of the product with this ID.' })
  productId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of the release with this ID.' })
  downloadableId?: string | null;
}

@ArgsType()
export class AnnouncementArgs extends ForwardPageArgs {
  @Field(() => AnnouncementFilter, { nullable: true, description: 'Which announcements to list. Defaults to all.' })
  filter?: AnnouncementFilter | null;
}

@InputType('RecipientFilter', { description: 'A filter for the recipients of an announcement. Omitted fields do not restrict the list.' })
export class RecipientFilter {
  @Field(() => String, { nullable: true, description: 'A part of a name or address.' })
  search?: string | null;

  @Field(() => RecipientStateEnum, { nullable: true, description: 'Only those in this state.' })
  state?: RecipientState | null;

  @Field(() => MailStateEnum, { nullable: true, description: 'Only those whose mail is in this state.' })
  mailState?: MailState | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those who have, or have not, confirmed a recall.' })
  isAcknowledged?: boolean | null;
}

@ArgsType()
export class RecipientArgs extends PageArgs {
  @Field(() => RecipientFilter, { nullable: true, description: 'Which recipients to list. Defaults to all.' })
  filter?: RecipientFilter | null;
}
