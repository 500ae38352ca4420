import type { WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType, Int } from 'type-graphql';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { DateTime } from '../../../kernel/scalars.js';

@InputType()
abstract class DownloadableId {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;
}

@InputType('PublishDownloadableInput', { description: 'The downloadable to publish, or whose next revision to publish.' })
export class PublishDownloadableInput extends DownloadableId {
  @Field(() => DateTime, { nullable: true, description: 'When to publish a draft, up to a year ahead. Defaults to now.' })
  publishAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `lockVersion` that you last read. An outdated one is rejected with `EDIT_CONFLICT`, unless nothing is left to publish.',
  })
  lockVersion?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A key that makes the request safe to repeat for 24 hours, even with another `lockVersion`. A repeat publishes nothing new and returns the downloadable as it is by then.',
  })
  idempotencyKey?: string | null;
}

@InputType('CancelScheduleInput', { description: 'The scheduled downloadable to turn back into a draft.' })
export class CancelScheduleInput extends DownloadableId {}

@InputType('UnpublishDownloadableInput', { description: 'The downloadable to unpublish.' })
export class UnpublishDownloadableInput extends DownloadableId {}

@InputType('ArchiveDownloadableInput', { description: 'The downloadable to archive.' })
export class ArchiveDownloadableInput extends DownloadableId {}

@InputType('RestoreDownloadableInput', { description: 'The archived downloadable to restore.' })
export class RestoreDownloadableInput extends DownloadableId {}

@InputType('WithdrawDownloadableInput', { description: 'The downloadable to withdraw.' })
export class WithdrawDownloadableInput extends DownloadableId {
  @Field(() => String, { description: 'The reason, which customers can read. Up to 500 characters.' })
  reason!: string;

  @Field(() => WithdrawSeverityEnum, {
    nullable: true,
    description: 'The severity, which decides whether earlier downloaders may download again. Defaults to `NORMAL`: they may.',
  })
  severity?: WithdrawSeverity | null;

  @Field(() => ID, { nullable: true, description: 'The ID of a published release of the same product to use instead.' })
  replacementId?: string | null;
}

@InputType('DeleteDownloadableInput', { description: 'The downloadable to permanently delete.' })
export class DeleteDownloadableInput extends DownloadableId {
  @Field(() => String, { description: 'The version of the downloadable, as a confirmation.' })
  confirmVersion!: string;
}
