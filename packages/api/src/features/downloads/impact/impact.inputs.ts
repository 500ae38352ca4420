import type { EntitlementCode, LicenseStatus, WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { enumOf, EntitlementCodeEnum, LicenseStatusEnum, WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { DateTime } from '../../../kernel/scalars.js';
import { UpdateLicenseInput } from '../../licenses/license.schema.js';
import { ChangeLicensesInput } from '../../licenses/tasks/license-task.schema.js';
import { ChannelInput } from '../../products/product.inputs.js';

const RELEASE_CHANGES = ['PUBLISH', 'UNPUBLISH', 'ARCHIVE', 'RESTORE', 'WITHDRAW', 'CHANGE_CHANNEL'] as const;
export type ReleaseChange = (typeof RELEASE_CHANGES)[number];
const ReleaseChangeEnum = enumOf('ReleaseChange', 'A change to a release whose impact to preview.', RELEASE_CHANGES);

const IMPACT_EFFECTS = ['GAINS', 'KEEPS', 'LOSES', 'STAYS_WITHOUT'] as const;
export type ImpactEffect = (typeof IMPACT_EFFECTS)[number];
export const ImpactEffectEnum = enumOf('ImpactEffect', 'What a change does to one license and one release.', IMPACT_EFFECTS);

@InputType('ReleaseImpactInput', { description: 'A change to a release.' })
export class ReleaseImpactInput {
  @Field(() => ID, { description: 'The ID of the release.' })
  downloadableId!: string;

  @Field(() => ReleaseChangeEnum, { description: 'The change.' })
  change!: ReleaseChange;

  @Field(() => String, {
    nullable: true,
    description: 'The channel after `CHANGE_CHANNEL`. What is not published is judged as if it were.',
  })
  channel?: string | null;

  @Field(() => WithdrawSeverityEnum, { nullable: true, description: 'The severity of a `WITHDRAW`. Defaults to `NORMAL`.' })
  severity?: WithdrawSeverity | null;

  @Field(() => DateTime, { nullable: true, description: 'When the change happens: licenses are judged at this time. Defaults to now.' })
  at?: Date | null;
}

@InputType('ReleasesImpactInput', { description: 'One change to many releases.' })
export class ReleasesImpactInput {
  @Field(() => [ID], { description: 'The IDs of the releases, 1 to 100.' })
  downloadableIds!: string[];

  @Field(() => ReleaseChangeEnum, { description: 'The change, other than `CHANGE_CHANNEL`.' })
  change!: ReleaseChange;

  @Field(() => WithdrawSeverityEnum, { nullable: true, description: 'The severity of a `WITHDRAW`. Defaults to `NORMAL`.' })
  severity?: WithdrawSeverity | null;
}

@InputType('ChannelsImpactInput', { description: 'New channels of a product, as `updateProduct` takes them.' })
export class ChannelsImpactInput {
  @Field(() => ID, { description: 'The ID of the product.' })
  productId!: string;

  @Field(() => [ChannelInput], { description: 'All channels after the change, at most 20.' })
  channels!: ChannelInput[];
}

@InputType('LicenseImpactInput', { description: 'A change to a license: its new terms, its new status, or both.' })
export class LicenseImpactInput {
  @Field(() => UpdateLicenseInput, { description: 'The license and its new terms, as `updateLicense` takes them.' })
  terms!: UpdateLicenseInput;

  @Field(() => LicenseStatusEnum, { nullable: true, description: 'The new status. Stays as it is if omitted.' })
  status?: LicenseStatus | null;
}

@InputType('ImpactGroupInput', { description: 'A group of a preview, to list.' })
export class ImpactGroupInput {
  @Field(() => ImpactEffectEnum, { description: 'The effect.' })
  effect!: ImpactEffect;

  @Field(() => EntitlementCodeEnum, { nullable: true, description: 'The reason after the change. Lists all of the effect if omitted.' })
  code?: EntitlementCode | null;
}

@InputType('PreviewImpactInput', {
  description: 'A change to preview. Give exactly one of `release`, `releases`, `channels`, `license` and `licenses`.',
})
export class PreviewImpactInput {
  @Field(() => ReleaseImpactInput, { nullable: true, description: 'A change to a release: what it does to the licenses of the product.' })
  release?: ReleaseImpactInput | null;

  @Field(() => ReleasesImpactInput, {
    nullable: true,
    description: 'A change to many releases: a license gains or loses by it if it gains or loses at least one of them.',
  })
  releases?: ReleasesImpactInput | null;

  @Field(() => ChannelsImpactInput, {
    nullable: true,
    description: 'A change to the channels of a product: what it does to the licenses, by the highest published version of each channel.',
  })
  channels?: ChannelsImpactInput | null;

  @Field(() => LicenseImpactInput, {
    nullable: true,
    description: 'A change to a license: what it does to the published and archived releases of the product.',
  })
  license?: LicenseImpactInput | null;

  @Field(() => ChangeLicensesInput, {
    nullable: true,
    description:
      'A change to many licenses, as `changeLicenses` takes it, without its reasons and confirmation: what it does to the newest release that each may have. With `ids`, all of them must be licenses that you may see.',
  })
  licenses?: ChangeLicensesInput | null;

  @Field(() => ImpactGroupInput, { nullable: true, description: 'The group to list in `entries`. Lists nothing if omitted.' })
  list?: ImpactGroupInput | null;
}
