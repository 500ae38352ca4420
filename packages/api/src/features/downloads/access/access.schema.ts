import type { EntitlementCode, EntitlementRemedy } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { EntitlementCodeEnum, EntitlementRemedyEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { DateTime, JSONObject } from '../../../kernel/scalars.js';

@ObjectType('EntitlementDecision', { description: 'A decision on whether a download is allowed and, if not, why and what to do.' })
@Access('public')
export class EntitlementDecisionType {
  @Field(() => Boolean, { description: 'Whether the download is allowed.' })
  allowed!: boolean;

  @Field(() => EntitlementCodeEnum, { description: 'The reason for the decision, for programs.' })
  code!: EntitlementCode;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'One sentence for the customer that says the reason and what to do.' })
  message!: string;

  @Weight({ bytes: 100 })
  @Field(() => JSONObject, { nullable: true, description: 'Details of the reason, for example `coveredUntil`.' })
  params!: Readonly<Record<string, string | number | null>>;

  @Field(() => EntitlementRemedyEnum, {
    nullable: true,
    description: 'What the customer can do. Null if the download is allowed or nothing helps.',
  })
  remedy!: EntitlementRemedy | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the license that allows the download or comes closest to it.' })
  licenseId!: string | null;
}

@InputType('CheckEntitlementInput', { description: 'A download to check, for yourself or for someone else.' })
export class CheckEntitlementInput {
  @Field(() => ID, { nullable: true, description: 'The ID of a file to check. Give exactly one of `assetId` and `downloadableId`.' })
  assetId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The ID of a release to check as a whole. Give exactly one of `assetId` and `downloadableId`.',
  })
  downloadableId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A license key to check for. Give at most one of `licenseKey`, `licenseId` and `customerId`.',
  })
  licenseKey?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of a license to check for, if you are its owner or staff.' })
  licenseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of a customer to check for, if you belong to it or are staff.' })
  customerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The time to check for. Defaults to now.' })
  at?: Date | null;
}

@ArgsType()
export class AccessAsArgs {
  @Field(() => ID, { description: 'The ID of the license to check for.' })
  licenseId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether to treat an unpublished release as if it were published now.' })
  ifPublished?: boolean | null;
}

@ArgsType()
export class FollowedChannelArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The channel that is followed, with those that it includes. Prefers stable, then any channel, if omitted.',
  })
  channel?: string | null;
}

@ArgsType()
export class OfferedAsArgs extends FollowedChannelArgs {
  @Field(() => ID, { description: 'The ID of the license to check for.' })
  licenseId!: string;
}
