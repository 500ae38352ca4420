import type { WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType, Int } from 'type-graphql';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { DateTime } from '../../../kernel/scalars.js';

@InputType()
abstract class DownloadableId {
  @Field(() => ID, { description: 'The downloadable.' })
  id!: string;
}

@InputType('PublishDownloadableInput', { description: 'The downloadable to publish, or its next revision.' })
export class PublishDownloadableInput extends DownloadableId {
  @Field(() => DateTime, { nullable: true, description: 'When, up to a year ahead; now when absent. Only a draft can be scheduled.' })
  publishAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The lockVersion you read; a stale one is refused with EDIT_CONFLICT, unless nothing is left to publish.',
  })
  lockVersion?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Same key, same publish: a repetition within 24 hours publishes nothing opened or unpublished since, and answers with the release as it is by then; another lockVersion is no other input.',
  })
  idempotencyKey?: string | null;
}

@InputType('CancelScheduleInput', { description: 'The scheduled downloadable that becomes a draft again.' })
export class CancelScheduleInput extends DownloadableId {}

@InputType('UnpublishDownloadableInput', { description: 'The downloadable to hide from customers.' })
export class UnpublishDownloadableInput extends DownloadableId {}

@InputType('ArchiveDownloadableInput', { description: 'The downloadable to take out of default lists and latest.' })
export class ArchiveDownloadableInput extends DownloadableId {}

@InputType('RestoreDownloadableInput', { description: 'The archived downloadable to bring back.' })
export class RestoreDownloadableInput extends DownloadableId {}

@InputType('WithdrawDownloadableInput', { description: 'The downloadable to take out for good.' })
export class WithdrawDownloadableInput extends DownloadableId {
  @Field(() => String, { description: 'Why, for customers to read; up to 500 characters.' })
  reason!: string;

  @Field(() => WithdrawSeverityEnum, {
    nullable: true,
    description: 'NORMAL, also when absent: who downloaded it before may do so again. SECURITY: nobody may.',
  })
  severity?: WithdrawSeverity | null;

  @Field(() => ID, { nullable: true, description: 'A published release of the same product to use instead.' })
  replacementId?: string | null;
}

@InputType('DeleteDownloadableInput', { description: 'The downloadable to delete for good.' })
export class DeleteDownloadableInput extends DownloadableId {
  @Field(() => String, { description: 'Its version, typed to confirm.' })
  confirmVersion!: string;
}
