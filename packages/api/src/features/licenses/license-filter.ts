import type { LicenseStatus } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LicenseStatusEnum } from '../../kernel/enums.js';
import type { ForwardPageArgs } from '../../kernel/pagination.js';
import { CalendarDate, DateTime } from '../../kernel/scalars.js';

/** What licenses can be asked for; a list, a bulk action and an export ask alike. */
@ArgsType()
@InputType('LicenseFilter', { description: 'Which licenses are meant: those that meet every field that is given.' })
export class LicenseFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words from the customer’s name, company or e-mail address, or a license key or its last characters, or the whole external reference.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only licenses of the customer with this ID.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only licenses for the product with this ID.' })
  productId?: string | null;

  @Field(() => LicenseStatusEnum, { nullable: true, description: 'Only licenses with this status.' })
  status?: LicenseStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only licenses that are in force now: not suspended or revoked, started, and not expired.',
  })
  isActive?: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only licenses that expire at this time or later, those that expire soonest first.',
  })
  expiresFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only licenses that expire before this time, those that expire soonest first.' })
  expiresBefore?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Only licenses that are not over and whose license or updates end within this number of days, those that end soonest first.',
  })
  endsWithinDays?: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Only licenses whose updates end on this day or later, those whose updates end soonest first.',
  })
  updatesUntilFrom?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Only licenses whose updates end on this day or earlier, those whose updates ended first come first.',
  })
  updatesUntilTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only licenses against which no download was ever counted.' })
  isNeverUsed?: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only licenses whose last download was counted at this time or later, the most recent first.',
  })
  lastDownloadFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only licenses whose last download was counted before this time, the most recent first.',
  })
  lastDownloadBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'Only licenses with this tag; capitals do not count.' })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'Only licenses with exactly this external reference.' })
  externalReference?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only licenses that were created at this time or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only licenses that were created before this time.' })
  createdBefore?: Date | null;
}

@ArgsType()
export class LicenseListArgs extends LicenseFilter implements ForwardPageArgs {
  @Field(() => Int, { nullable: true, description: 'The number of entries to return, 1 to 100. Defaults to 25.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to start after.' })
  after?: string | null;
}
