import type { ExpiryPolicy, LicenseStatus, Platform } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ExpiryPolicyEnum, LicenseStatusEnum, PlatformEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { CalendarDate, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('License', { description: 'A customer’s right to use a product, limited by time, versions, channels and platforms.' })
@Access('public')
export class LicenseType {
  @Field(() => ID, { description: 'The ID of the license, a ULID.' })
  id!: string;

  @Field(() => LicenseStatusEnum, { description: 'The status of the license.' })
  status!: LicenseStatus;

  @Field(() => String, { description: 'The last characters of the key, to tell keys apart.' })
  keyHint!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the license was last suspended, reinstated or revoked. Null if it never was, or nobody wrote it down.',
  })
  statusChangedAt!: Date | null;

  @Weight({ bytes: 100 })
  @Field(() => String, {
    nullable: true,
    description: 'The reason for the suspension or revocation, in the vendor’s words for the customer. Null if none was given.',
  })
  customerReason!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the license starts. Null if it has no start date.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the license expires. Null if it never does.' })
  expiresAt!: Date | null;

  @Field(() => ExpiryPolicyEnum, { description: 'What the customer keeps when the license expires.' })
  expiryPolicy!: ExpiryPolicy;

  @Field(() => CalendarDate, { nullable: true, description: 'The last release date that the license covers. Null if it covers all.' })
  updatesUntil!: string | null;

  @Weight({ items: 2 })
  @Field(() => [String], { description: 'Channels that the license covers. An empty list means stable only.' })
  channels!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The range of versions that the license covers, for example `>=2.0 <3.0`. Null if it covers all.',
  })
  versionRange!: string | null;

  @Weight({ items: 2 })
  @Field(() => [PlatformEnum], { description: 'Platforms that the license covers. An empty list means all.' })
  platforms!: Platform[];

  @Field(() => Int, { nullable: true, description: 'The number of downloads that the license allows. Null if unlimited.' })
  maxDownloads!: number | null;

  @Field(() => Int, { description: 'The number of downloads counted against the license.' })
  downloadsUsed!: number;

  @Field(() => DateTime, { nullable: true, description: 'When a download was last counted against the license. Null if none was.' })
  lastDownloadAt!: Date | null;

  @Field(() => DateTime, { description: 'When the license was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the license was last changed.' })
  updatedAt!: Date;
}

export const LicenseConnection = connectionType('License', () => LicenseType);

@InputType('LicenseFields')
export abstract class LicenseFields {
  @Field(() => DateTime, { nullable: true, description: 'When the license starts. A new license starts at once if omitted.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the license expires. A new license never does if omitted.' })
  expiresAt?: Date | null;

  @Field(() => ExpiryPolicyEnum, {
    nullable: true,
    description: 'What the customer keeps when the license expires. A new license defaults to `REVOKE`.',
  })
  expiryPolicy?: ExpiryPolicy | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last release date that the license covers. A new license covers all if omitted.',
  })
  updatesUntil?: string | null;

  @Field(() => [String], { nullable: true, description: 'Channels that the license covers. A new license defaults to stable.' })
  channels?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The range of versions that the license covers, for example `>=2.0 <3.0`. A new license covers all if omitted.',
  })
  versionRange?: string | null;

  @Field(() => [PlatformEnum], { nullable: true, description: 'Platforms that the license covers. A new license defaults to all.' })
  platforms?: Platform[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of downloads that the license allows. A new license is unlimited if omitted.',
  })
  maxDownloads?: number | null;

  @Field(() => String, { nullable: true, description: 'Notes of up to 2,000 characters. Only your own team sees them.' })
  notes?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A reference of yours, for example to an order, up to 200 characters. Only your own team sees it.',
  })
  externalReference?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'At most 20 tags of 1 to 40 characters, without commas and semicolons. Only your own team sees them.',
  })
  tags?: string[] | null;
}

@InputType('CreateLicenseInput', { description: 'A license to create.' })
export class CreateLicenseInput extends LicenseFields {
  @Field(() => ID, { description: 'The ID of the customer that holds the license.' })
  customerId!: string;

  @Field(() => ID, { description: 'The ID of the product that the license is for.' })
  productId!: string;

  @Field(() => String, { nullable: true, description: 'A key of your own, for example from another system. Generated if omitted.' })
  key?: string | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateLicenseInput', { description: 'Changes to a license. Omitted fields stay as they are; null clears a field.' })
export class UpdateLicenseInput extends LicenseFields {
  @Field(() => ID, { description: 'The ID of the license.' })
  id!: string;
}

@InputType('SuspendLicenseInput', { description: 'The license to suspend.' })
export class SuspendLicenseInput {
  @Field(() => ID, { description: 'The ID of the license.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The reason, up to 200 characters. Only your own team sees it.' })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: 'The reason that the customer reads, up to 200 characters.' })
  customerReason?: string | null;
}

@InputType('ReinstateLicenseInput', { description: 'The license to reinstate.' })
export class ReinstateLicenseInput {
  @Field(() => ID, { description: 'The ID of the license.' })
  id!: string;
}

@InputType('RevokeLicenseInput', { description: 'The license to permanently revoke.' })
export class RevokeLicenseInput {
  @Field(() => ID, { description: 'The ID of the license.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The reason, up to 200 characters. Only your own team sees it.' })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: 'The reason that the customer reads, up to 200 characters.' })
  customerReason?: string | null;
}

@InputType('RevealLicenseKeyInput', { description: 'The license whose key to reveal.' })
export class RevealLicenseKeyInput {
  @Field(() => ID, { description: 'The ID of the license.' })
  id!: string;
}
