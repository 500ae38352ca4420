import { ANNOUNCEMENT_KINDS, type AnnouncementKind, type WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { connectionType } from '../../../kernel/pagination.js';
import { DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';

const NoticeKindEnum = Object.fromEntries(ANNOUNCEMENT_KINDS.map((kind) => [kind, kind])) as Record<AnnouncementKind, AnnouncementKind>; // the keys are exactly the kinds
registerEnumType(NoticeKindEnum, {
  name: 'NoticeKind',
  description: 'Whether a notice tells that a release is out, or that it was withdrawn.',
});

@ObjectType('RecallNotice', { description: 'What the link in the mail of a recall shows, to whoever has it.' })
@Access('public')
export class RecallNoticeType {
  @Field(() => String, { description: 'The name of the product.' })
  productName!: string;

  @Field(() => String, { description: 'The version that was withdrawn.' })
  version!: string;

  @Weight({ bytes: 200 })
  @Field(() => String, { nullable: true, description: 'Why it was withdrawn. Null if the release was deleted.' })
  reason!: string | null;

  @Field(() => WithdrawSeverityEnum, { nullable: true, description: 'How severe it is. Null if the release was deleted.' })
  severity!: WithdrawSeverity | null;

  @Field(() => String, { nullable: true, description: 'The version that they may use instead. Null if there is none.' })
  replacementVersion!: string | null;

  @Field(() => String, { nullable: true, description: 'The file that was downloaded. Null if it is not known.' })
  fileName!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was downloaded. Null if it is not known.' })
  downloadedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was confirmed that it is replaced. Null if it was not.' })
  acknowledgedAt!: Date | null;

  @Weight({ bytes: 120 })
  @Field(() => String, { nullable: true, description: 'Where the replacement is, in the portal. Null if there is none.' })
  replacementPath!: string | null;
}

@ObjectType('Notice', { description: 'An announcement or recall as it stands in the portal.' })
@Access('signed-in')
export class NoticeType extends RecallNoticeType {
  @Field(() => ID, { description: 'The ID of the notice, a ULID.' })
  id!: string;

  @Field(() => NoticeKindEnum, { description: 'What it tells.' })
  kind!: AnnouncementKind;

  @Weight({ bytes: 80 })
  @Field(() => String, { description: 'The title.' })
  title!: string;

  @Weight({ bytes: 3_000 })
  @Field(() => String, { description: 'The text as HTML, safe to show.' })
  html!: string;

  @Weight({ bytes: 120 })
  @Field(() => String, { nullable: true, description: 'Where the release is, in the portal. Null if it was deleted.' })
  releasePath!: string | null;

  @Weight({ bytes: 150 })
  @Field(() => String, { nullable: true, description: 'One sentence where the release cannot be downloaded by now. Null if it can.' })
  hint!: string | null;

  @Field(() => DateTime, { description: 'When it appeared.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was read. Null if it was not.' })
  readAt!: Date | null;
}

@ObjectType('UnreadNotices', { description: 'The notices that you have not read.' })
@Access('signed-in')
export class UnreadNotices {
  @Field(() => Int, { description: 'The number of them. Counting stops at 1,000.' })
  count!: number;
}

export const NoticeConnection = connectionType('Notice', () => NoticeType);

@InputType('MarkNoticesReadInput', { description: 'The notices that were read.' })
export class MarkNoticesReadInput {
  @Field(() => [ID], { nullable: true, description: 'The IDs of up to 100 notices. Defaults to all.' })
  ids?: readonly string[] | null;
}

@InputType('AcknowledgeRecallInput', { description: 'The recall whose release was replaced. Give either `id` or `token`.' })
export class AcknowledgeRecallInput {
  @Field(() => ID, { nullable: true, description: 'The ID of the notice in the portal.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The part of the link in the mail after `/recall/`.' })
  token?: string | null;
}
