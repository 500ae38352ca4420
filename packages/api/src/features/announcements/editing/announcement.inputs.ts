import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../../kernel/scalars.js';

const SUBJECT = 'The subject, in one line, in which names in braces such as `{name}` are filled in for each person.';
const BODY = 'The text in Markdown, at most 64,000 characters, in which `{changelog}` is filled in as published.';
const SECOND = 'for people whose updates ended before the release, who get nothing if it is omitted.';
const PER_MINUTE = 'The number of mails a minute, 1 to 10,000; as many as the settings allow if omitted.';

@InputType('CreateAnnouncementInput', { description: 'A draft of an announcement. It goes out by `sendAnnouncement`.' })
export class CreateAnnouncementInput {
  @Field(() => String, { description: SUBJECT })
  subject!: string;

  @Field(() => String, { description: BODY })
  body!: string;

  @Field(() => ID, { description: 'The ID of the release.' })
  downloadableId!: string;

  @Field(() => String, { nullable: true, description: `A second subject ${SECOND}` })
  secondSubject?: string | null;

  @Field(() => String, { nullable: true, description: `A second text ${SECOND}` })
  secondBody?: string | null;

  @Field(() => Int, { nullable: true, description: PER_MINUTE })
  perMinute?: number | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('CreateRecallInput', { description: 'A draft of a recall of a withdrawn release. It goes out by `sendAnnouncement`.' })
export class CreateRecallInput {
  @Field(() => String, { description: SUBJECT })
  subject!: string;

  @Field(() => String, { description: BODY })
  body!: string;

  @Field(() => ID, { description: 'The ID of the withdrawn release.' })
  downloadableId!: string;

  @Field(() => Int, { nullable: true, description: PER_MINUTE })
  perMinute?: number | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateAnnouncementInput', { description: 'Changes to a draft. Omitted fields stay as they are.' })
export class UpdateAnnouncementInput {
  @Field(() => ID, { description: 'The ID of the announcement.' })
  id!: string;

  @Field(() => String, { nullable: true, description: SUBJECT })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: BODY })
  body?: string | null;

  @Field(() => String, { nullable: true, description: 'The second subject. Null takes the second text out.' })
  secondSubject?: string | null;

  @Field(() => String, { nullable: true, description: 'The second text. Null takes it out.' })
  secondBody?: string | null;

  @Field(() => Int, { nullable: true, description: PER_MINUTE })
  perMinute?: number | null;
}

@InputType('SendAnnouncementInput', { description: 'The announcement or recall to send, or to go on with after it was stopped.' })
export class SendAnnouncementInput {
  @Field(() => ID, { description: 'The ID of the announcement.' })
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'When to send it, at most 366 days from now. Defaults to now.' })
  sendAt?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to leave out people who were told before. Required if somebody was: omitting it gives `ALREADY_ANNOUNCED`.',
  })
  excludeAlreadyTold?: boolean | null;
}

@InputType('StopAnnouncementInput', { description: 'The announcement to stop. One that is scheduled becomes a draft again.' })
export class StopAnnouncementInput {
  @Field(() => ID, { description: 'The ID of the announcement.' })
  id!: string;
}

@InputType('PreviewAnnouncementInput', { description: 'A text to preview as somebody gets it.' })
export class PreviewAnnouncementInput {
  @Field(() => String, { description: SUBJECT })
  subject!: string;

  @Field(() => String, { description: BODY })
  body!: string;

  @Field(() => ID, { description: 'The ID of the release: a recall is previewed if it is withdrawn.' })
  downloadableId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The ID of a license of the product, as whose customer to preview it. Requires `license:read`. An example is shown without it.',
  })
  licenseId?: string | null;
}

@InputType('TestAnnouncementInput', { description: 'A text to send to yourself.' })
export class TestAnnouncementInput extends PreviewAnnouncementInput {}
