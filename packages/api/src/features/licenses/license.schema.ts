import type { ExpiryPolicy, LicenseStatus, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ExpiryPolicyEnum, LicenseStatusEnum, PlatformEnum } from '../../kernel/enums.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { CalendarDate, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('License', { description: 'What a customer may use: one product, for some time, versions, channels and platforms.' })
@Access('public')
export class LicenseType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => LicenseStatusEnum, { description: 'Whether it is in force.' })
  status!: LicenseStatus;

  @Field(() => String, { description: 'The last characters of the key, to tell keys apart.' })
  keyHint!: string;

  @Field(() => DateTime, { nullable: true, description: 'Not valid before this instant.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Not valid from this instant on; null: never ends.' })
  expiresAt!: Date | null;

  @Field(() => ExpiryPolicyEnum, { description: 'REVOKE ends everything at expiry, FALLBACK keeps older releases.' })
  expiryPolicy!: ExpiryPolicy;

  @Field(() => CalendarDate, { nullable: true, description: 'Covers releases dated on or before this day; null: all.' })
  updatesUntil!: string | null;

  @Weight({ items: 2 })
  @Field(() => [String], { description: 'Channels it covers; empty means stable.' })
  channels!: string[];

  @Field(() => String, { nullable: true, description: 'Versions it covers, for example ">=2.0 <3.0"; null: all.' })
  versionRange!: string | null;

  @Weight({ items: 2 })
  @Field(() => [PlatformEnum], { description: 'Platforms it covers; empty means all.' })
  platforms!: Platform[];

  @Field(() => Int, { nullable: true, description: 'How many downloads it allows; null: no limit.' })
  maxDownloads!: number | null;

  @Field(() => Int, { description: 'How many downloads were counted.' })
  downloadsUsed!: number;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const LicenseConnection = connectionType('License', () => LicenseType);

@InputType('LicenseFields')
abstract class LicenseFields {
  @Field(() => DateTime, { nullable: true, description: 'Not valid before this instant.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Not valid from this instant on.' })
  expiresAt?: Date | null;

  @Field(() => ExpiryPolicyEnum, { nullable: true, description: 'REVOKE when absent.' })
  expiryPolicy?: ExpiryPolicy | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Covers releases dated on or before this day.' })
  updatesUntil?: string | null;

  @Field(() => [String], { nullable: true, description: 'Channels it covers; stable when absent.' })
  channels?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Versions it covers, for example ">=2.0 <3.0".' })
  versionRange?: string | null;

  @Field(() => [PlatformEnum], { nullable: true, description: 'Platforms it covers; all when absent.' })
  platforms?: Platform[] | null;

  @Field(() => Int, { nullable: true, description: 'How many downloads it allows.' })
  maxDownloads?: number | null;
}

@InputType('CreateLicenseInput', { description: 'A new license.' })
export class CreateLicenseInput extends LicenseFields {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;

  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => String, { nullable: true, description: 'A key of your own, for example from another system; made when absent.' })
  key?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key, same license: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateLicenseInput', { description: 'Changes to a license; absent fields stay, null empties.' })
export class UpdateLicenseInput extends LicenseFields {
  @Field(() => ID, { description: 'The license.' })
  id!: string;
}

@InputType('SuspendLicenseInput', { description: 'The license to suspend.' })
export class SuspendLicenseInput {
  @Field(() => ID, { description: 'The license.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why, for your own team, up to 200 characters; the customer does not see it.' })
  reason?: string | null;
}

@InputType('ReinstateLicenseInput', { description: 'The license to put in force again.' })
export class ReinstateLicenseInput {
  @Field(() => ID, { description: 'The license.' })
  id!: string;
}

@InputType('RevokeLicenseInput', { description: 'The license to end for good.' })
export class RevokeLicenseInput {
  @Field(() => ID, { description: 'The license.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why, for your own team, up to 200 characters; the customer does not see it.' })
  reason?: string | null;
}

@InputType('RevealLicenseKeyInput', { description: 'The license whose key to show.' })
export class RevealLicenseKeyInput {
  @Field(() => ID, { description: 'The license.' })
  id!: string;
}

@ArgsType()
export class LicenseListArgs extends ForwardPageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Words of the customer’s name, company or e-mail address; or a key, or its last characters.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this customer’s.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only for this product.' })
  productId?: string | null;

  @Field(() => LicenseStatusEnum, { nullable: true, description: 'Only with this status.' })
  status?: LicenseStatus | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that end at this instant or later; the first to end first.' })
  expiresFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that end before this instant; the first to end first.' })
  expiresBefore?: Date | null;
}
