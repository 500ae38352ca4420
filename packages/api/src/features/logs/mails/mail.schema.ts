import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { connectionType, PageArgs } from '../../../kernel/pagination.js';
import { DateTime } from '../../../kernel/scalars.js';
import { MAIL_KINDS, MAIL_STATES, type MailKind, type MailState } from '../../../machinery/mail/mail.entity.js';

const valuesOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>; // the keys are exactly the values
const described = (meanings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(meanings).map(([value, description]) => [value, { description }]));

const STATES: Readonly<Record<MailState, string>> = {
  QUEUED: 'It goes out by itself.',
  HELD: 'There was no server to send it, so that it waits to be sent by hand.',
  SENDING: 'It is being handed to the server.',
  SENT: 'The server has taken it.',
  UNKNOWN: 'It was in flight when the server stopped or the connection ended, and is only sent again by hand.',
  FAILED: 'The server refused it for good.',
};
const KINDS: Readonly<Record<MailKind, string>> = {
  TEST: 'A mail to try the settings out.',
  ALERT: 'What needs the attention of administrators.',
  INVITATION: 'An invitation to an account.',
  SIGN_IN_LINK: 'A link to sign in without a password.',
  PASSWORD_RESET: 'A link to choose another password.',
  ADDRESS_CHANGE: 'A link to confirm another e-mail address.',
  ACCOUNT_NOTICE: 'What happened to an account: a new device, a new password, another address, somebody who asks for one.',
  ANNOUNCEMENT: 'A release that is out.',
  RECALL: 'A release that was withdrawn, to those who downloaded it.',
};
export const MailStateEnum = valuesOf(MAIL_STATES);
registerEnumType(MailStateEnum, { name: 'MailState', description: 'What has become of a mail.', valuesConfig: described(STATES) });
const MailKindEnum = valuesOf(MAIL_KINDS);
registerEnumType(MailKindEnum, { name: 'MailKind', description: 'What a mail is about.', valuesConfig: described(KINDS) });

@ObjectType('Mail', { description: 'A mail to one address, and what has become of it.' })
@Access('public')
export class MailType {
  @Field(() => ID, { description: 'The ID of the mail, a ULID. Later mails have higher IDs.' })
  id!: string;

  @Field(() => MailKindEnum, { description: 'What the mail is about.' })
  kind!: MailKind;

  @Field(() => MailStateEnum, { description: 'What has become of the mail.' })
  state!: MailState;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The address that it goes to.' })
  toAddress!: string;

  @Weight({ bytes: 30 })
  @Field(() => String, { description: 'The name of the recipient. Empty if there is none.' })
  toName!: string;

  @Weight({ bytes: 80 })
  @Field(() => String, { description: 'The subject.' })
  subject!: string;

  @Field(() => Boolean, {
    description: 'Whether its link lets in whoever has it: its words are for `user:write` alone, and gone once it is sent.',
  })
  isSecret!: boolean;

  @Field(() => ID, { nullable: true, description: 'The ID of the person that it was written to. Null if that address has no account.' })
  userId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the customer that it was written to or for.' })
  customerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the release that it is about.' })
  downloadableId!: string | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was sent or given up. Null while it waits.' })
  settledAt!: Date | null;

  @Field(() => Int, { description: 'How often it was handed to a server.' })
  attempts!: number;

  @Weight({ bytes: 60 })
  @Field(() => String, { description: 'The local part of its `Message-ID`, by which a mail server knows it.' })
  messageId!: string;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'The last words of the server.' })
  answer!: string | null;

  @Weight({ bytes: 150 })
  @Field(() => String, { nullable: true, description: 'What went wrong and what to do, in one sentence. Null if nothing did.' })
  problem!: string | null;
}

export const MailConnection = connectionType('Mail', () => MailType);

@InputType('MailFilter', { description: 'A filter for mails. Omitted fields do not restrict the list.' })
export class MailFilter {
  @Field(() => String, { nullable: true, description: 'The whole address of a recipient.' })
  search?: string | null;

  @Field(() => MailStateEnum, { nullable: true, description: 'Only mails in this state.' })
  state?: MailState | null;

  @Field(() => MailKindEnum, { nullable: true, description: 'Only mails of this kind.' })
  kind?: MailKind | null;

  @Field(() => ID, { nullable: true, description: 'Only mails to the person with this ID.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only mails to the customer with this ID, or to its people.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only mails about the release with this ID.' })
  downloadableId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only mails written then or later.' })
  since?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only mails written before.' })
  until?: Date | null;
}

@ArgsType()
export class MailArgs extends PageArgs {
  @Field(() => MailFilter, { nullable: true, description: 'Which mails to list. Defaults to all.' })
  filter?: MailFilter | null;
}
