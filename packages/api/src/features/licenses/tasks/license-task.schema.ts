import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { connectionType } from '../../../kernel/pagination.js';
import { ErrorCodeEnum } from '../../../kernel/problem/error-code.enum.js';
import type { ErrorCode } from '../../../kernel/problem/error-codes.js';
import { CalendarDate, DateTime } from '../../../kernel/scalars.js';
import { LicenseFilter } from '../license-filter.js';
import { LICENSE_TASK_ACTIONS, LICENSE_TASK_STATES, type LicenseTaskAction, type LicenseTaskState } from './license-task.entity.js';

/** Object.fromEntries forgets the keys' type; they are exactly the values. */
export const membersOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

const LicenseTaskActionEnum = membersOf(LICENSE_TASK_ACTIONS);
registerEnumType(LicenseTaskActionEnum, { name: 'LicenseTaskAction', description: 'What is done to many licenses.' });
const LicenseTaskStateEnum = membersOf(LICENSE_TASK_STATES);
registerEnumType(LicenseTaskStateEnum, {
  name: 'LicenseTaskState',
  description: 'How far a change of many licenses is: `COLLECTING` finds out which are meant.',
});

@ObjectType('LicenseTask', { description: 'A change of many licenses, made in the background.' })
@Access('public')
export class LicenseTaskType {
  @Field(() => ID, { description: 'The ID of the task, a ULID.' })
  id!: string;

  @Field(() => LicenseTaskActionEnum, { description: 'What is done to each license.' })
  action!: LicenseTaskAction;

  @Field(() => LicenseTaskStateEnum, { description: 'How far the task is.' })
  state!: LicenseTaskState;

  @Field(() => Int, { description: 'The number of licenses that are meant, as far as they are collected.' })
  total!: number;

  @Field(() => Int, { description: 'The number of licenses that were changed.' })
  changed!: number;

  @Field(() => Int, { description: 'The number of licenses that already were as asked for.' })
  unchanged!: number;

  @Field(() => Int, { description: 'The number of licenses that could not be changed; `failures` says why.' })
  failed!: number;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'Why the task was stopped. Null if it was not.' })
  problem!: string | null;

  @Field(() => DateTime, { description: 'When the task was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the task was done or stopped. Null while it runs.' })
  endedAt!: Date | null;
}

@ObjectType('LicenseTaskFailure', { description: 'A license that a task could not change, and why.' })
@Access('public')
export class LicenseTaskFailureType {
  @Field(() => ID, { description: 'The ID of the license.' })
  licenseId!: string;

  @Field(() => ErrorCodeEnum, { nullable: true, description: 'The code of the error, for programs.' })
  code!: ErrorCode | null;

  @Weight({ bytes: 150 })
  @Field(() => String, { nullable: true, description: 'One sentence that says what is wrong and what to do.' })
  message!: string | null;
}

export const LicenseTaskFailureConnection = connectionType('LicenseTaskFailure', () => LicenseTaskFailureType);

@InputType('ChangeLicensesInput', {
  description: 'A change of many licenses: of those with the given IDs, or of all that match a filter. Each succeeds or fails on its own.',
})
export class ChangeLicensesInput {
  @Field(() => LicenseTaskActionEnum, { description: 'What to do to each license.' })
  action!: LicenseTaskAction;

  @Field(() => [ID], { nullable: true, description: 'The IDs of the licenses, 1 to 1,000. Give these or `filter`.' })
  ids?: string[] | null;

  @Field(() => LicenseFilter, { nullable: true, description: 'Which licenses are meant. Give this or `ids`.' })
  filter?: LicenseFilter | null;

  @Field(() => String, { nullable: true, description: 'For `SUSPEND` and `REVOKE`: the reason that only your own team sees.' })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: 'For `SUSPEND` and `REVOKE`: the reason that the customers read.' })
  customerReason?: string | null;

  @Field(() => Int, { nullable: true, description: 'For `EXTEND`: by this many months, 1 to 120. What has ended is extended from today.' })
  months?: number | null;

  @Field(() => Int, { nullable: true, description: 'For `EXTEND`: by this many days, 1 to 3,650. What has ended is extended from today.' })
  days?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'For `EXTEND`: until this time, instead of by months or days.' })
  expiresAt?: Date | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'For `SET_UPDATES`: the last release date that the licenses cover. All releases if omitted.',
  })
  updatesUntil?: string | null;

  @Field(() => String, { nullable: true, description: 'For `ADD_TAG` and `REMOVE_TAG`: the tag.' })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'For `REVOKE`: the word `revoke`, as a confirmation.' })
  confirm?: string | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('StopLicenseTaskInput', { description: 'The task to stop.' })
export class StopLicenseTaskInput {
  @Field(() => ID, { description: 'The ID of the task.' })
  id!: string;
}
