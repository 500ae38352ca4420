import type { WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';

@InputType('WithdrawRevisionInput', { description: 'The past revision to withdraw.' })
export class WithdrawRevisionInput {
  @Field(() => ID, { description: 'The ID of a revision that was published and is no longer live.' })
  revisionId!: string;

  @Field(() => String, { description: 'The reason, which customers can read. Up to 500 characters.' })
  reason!: string;

  @Field(() => WithdrawSeverityEnum, {
    nullable: true,
    description: 'The severity, which decides whether earlier downloaders may download again. Defaults to `NORMAL`: they may.',
  })
  severity?: WithdrawSeverity | null;
}

@InputType('PurgeRevisionInput', { description: 'The past revision whose files to permanently delete.' })
export class PurgeRevisionInput {
  @Field(() => ID, { description: 'The ID of a revision that was published and is no longer live.' })
  revisionId!: string;

  @Field(() => String, { description: 'The version of the downloadable, as a confirmation.' })
  confirmVersion!: string;
}

@InputType('UndoPublishInput', { description: 'The publishing of a revision to undo.' })
export class UndoPublishInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;

  @Field(() => ID, { description: 'The ID of the revision that was published. Nothing changes if another one is live by now.' })
  revisionId!: string;
}
