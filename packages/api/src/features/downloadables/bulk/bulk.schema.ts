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

@InputType('ChangeDownloadablesInput', { description: 'One action on many downloadables; each succeeds or fails for itself.' })
export class ChangeDownloadablesInput {
  @Field(() => BulkActionEnum, { description: 'What to do with each.' })
  action!: BulkAction;

  @Field(() => [ID], { description: 'The downloadables, 1 to 100 at a time.' })
  ids!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: everything is checked by really doing it, then undone. Nothing changes.',
  })
  dryRun?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For DELETE: how many are to be deleted, as a confirmation. Not needed in a dry run.',
  })
  confirmCount?: number | null;
}

/** What became of one downloadable. */
@ObjectType('DownloadableChange', { description: 'What became of one downloadable of a bulk action.' })
@Access('public')
export class DownloadableChange {
  @Field(() => ID, { description: 'The downloadable’s id, also when it is gone.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether the action was done; in a dry run, whether it would be.' })
  isDone!: boolean;

  @Field(() => DownloadableStatusEnum, { nullable: true, description: 'The status that it had before; null when it is not for you.' })
  statusBefore!: DownloadableStatus | null;

  @Field(() => DownloadableType, {
    nullable: true,
    description: 'It as it is now, or as it would be after a dry run; null when it is gone or not for you.',
  })
  downloadable!: Downloadable | null;

  @Field(() => DownloadableType, { nullable: true, description: 'In a dry run of DELETE: what would be deleted. Else null.' })
  wouldDelete!: Downloadable | null;

  @Weight({ items: 3 })
  @Field(() => [ChecklistItemType], { description: 'In a dry run of PUBLISH: what its checklist warns of. Else empty.' })
  warnings!: readonly ChecklistItem[];

  @Weight({ items: 1 })
  @Field(() => [UserErrorType], { description: 'Why it was not done; empty when it was.' })
  userErrors!: readonly UserErrorData[];
}
