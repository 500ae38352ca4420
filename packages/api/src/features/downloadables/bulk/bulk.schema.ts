import type { ChecklistItem, DownloadableStatus } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { BulkActionEnum, DownloadableStatusEnum } from '../../../kernel/enums.js';
import { UserErrorType } from '../../../kernel/payload.js';
import type { UserErrorData } from '../../../kernel/problem/refusal.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableType } from '../downloadable.type.js';
import { ChecklistItemType } from '../publishing/publish-checklist.schema.js';

export type BulkAction = 'PUBLISH' | 'UNPUBLISH' | 'ARCHIVE' | 'RESTORE' | 'DELETE';

@InputType('ChangeDownloadablesInput', { description: 'An action on many downloadables. Each of them succeeds or fails on its own.' })
export class ChangeDownloadablesInput {
  @Field(() => BulkActionEnum, { description: 'The action to take on each downloadable.' })
  action!: BulkAction;

  @Field(() => [ID], { description: 'The IDs of the downloadables, 1 to 100.' })
  ids!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to only report what would happen, without changing anything.',
  })
  dryRun?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of downloadables to delete, as a confirmation. Required for `DELETE`, except in a dry run.',
  })
  confirmCount?: number | null;
}

/** What became of one downloadable. */
@ObjectType('DownloadableChange', { description: 'The outcome of a bulk action for one downloadable.' })
@Access('public')
export class DownloadableChange {
  @Field(() => ID, { description: 'The ID of the downloadable, even if it no longer exists.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether the action was taken or, in a dry run, would be.' })
  isDone!: boolean;

  @Field(() => DownloadableStatusEnum, {
    nullable: true,
    description: 'The status before the action. Null if you may not see the downloadable.',
  })
  statusBefore!: DownloadableStatus | null;

  @Field(() => DownloadableType, {
    nullable: true,
    description: 'The downloadable after the action or, in a dry run, as it would be. Null if it no longer exists or you may not see it.',
  })
  downloadable!: Downloadable | null;

  @Field(() => DownloadableType, {
    nullable: true,
    description: 'The downloadable that would be deleted. Null except in a dry run of `DELETE`.',
  })
  wouldDelete!: Downloadable | null;

  @Weight({ items: 3 })
  @Field(() => [ChecklistItemType], { description: 'Warnings of the publish checklist. Empty except in a dry run of `PUBLISH`.' })
  warnings!: readonly ChecklistItem[];

  @Weight({ items: 1 })
  @Field(() => [UserErrorType], { description: 'Errors that prevented the action. Empty if it succeeded.' })
  userErrors!: readonly UserErrorData[];
}
