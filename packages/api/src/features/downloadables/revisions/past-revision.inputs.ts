import type { WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';

@InputType('WithdrawRevisionInput', { description: 'The past revision whose files are to be offered no more.' })
export class WithdrawRevisionInput {
  @Field(() => ID, { description: 'A revision that was published and is not live.' })
  revisionId!: string;

  @Field(() => String, { description: 'Why, for customers to read; up to 500 characters.' })
  reason!: string;

  @Field(() => WithdrawSeverityEnum, {
    nullable: true,
    description: 'NORMAL, also when absent: who downloaded it before may do so again. SECURITY: nobody may.',
  })
  severity?: WithdrawSeverity | null;
}

@InputType('PurgeRevisionInput', { description: 'The past revision whose files are to be deleted for good.' })
export class PurgeRevisionInput {
  @Field(() => ID, { description: 'A revision that was published and is not live.' })
  revisionId!: string;

  @Field(() => String, { description: 'The version of its downloadable, typed to confirm.' })
  confirmVersion!: string;
}

@InputType('UndoPublishInput', { description: 'The publish of a next revision to take back.' })
export class UndoPublishInput {
  @Field(() => ID, { description: 'The downloadable.' })
  id!: string;

  @Field(() => ID, { description: 'The revision that was published: if another one is live by now, nothing changes.' })
  revisionId!: string;
}
