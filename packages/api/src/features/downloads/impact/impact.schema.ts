import type { EntitlementCode, LicenseStatus, WithdrawSeverity } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { enumOf, EntitlementCodeEnum, LicenseStatusEnum, WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { License } from '../../licenses/license.entity.js';
import { LicenseType, UpdateLicenseInput } from '../../licenses/license.schema.js';

const RELEASE_CHANGES = ['PUBLISH', 'UNPUBLISH', 'ARCHIVE', 'RESTORE', 'WITHDRAW', 'CHANGE_CHANNEL'] as const;
export type ReleaseChange = (typeof RELEASE_CHANGES)[number];
const ReleaseChangeEnum = enumOf('ReleaseChange', 'A change to a release whose impact to preview.', RELEASE_CHANGES);

const IMPACT_EFFECTS = ['GAINS', 'KEEPS', 'LOSES', 'STAYS_WITHOUT'] as const;
export type ImpactEffect = (typeof IMPACT_EFFECTS)[number];
const ImpactEffectEnum = enumOf('ImpactEffect', 'What a change does to one license and one release.', IMPACT_EFFECTS);

@InputType('ReleaseImpactInput', { description: 'A change to a release.' })
export class ReleaseImpactInput {
  @Field(() => ID, { description: 'The ID of the release.' })
  downloadableId!: string;

  @Field(() => ReleaseChangeEnum, { description: 'The change.' })
  change!: ReleaseChange;

  @Field(() => String, { nullable: true, description: 'The channel after `CHANGE_CHANNEL`.' })
  channel?: string | null;

  @Field(() => WithdrawSeverityEnum, { nullable: true, description: 'The severity of a `WITHDRAW`. Defaults to `NORMAL`.' })
  severity?: WithdrawSeverity | null;
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

@InputType('PreviewImpactInput', { description: 'A change to preview. Give exactly one of `release` and `license`.' })
export class PreviewImpactInput {
  @Field(() => ReleaseImpactInput, { nullable: true, description: 'A change to a release: what it does to the licenses of the product.' })
  release?: ReleaseImpactInput | null;

  @Field(() => LicenseImpactInput, {
    nullable: true,
    description: 'A change to a license: what it does to the published and archived releases of the product.',
  })
  license?: LicenseImpactInput | null;

  @Field(() => ImpactGroupInput, { nullable: true, description: 'The group to list in `entries`. Lists nothing if omitted.' })
  list?: ImpactGroupInput | null;
}

@ObjectType('ImpactTally', { description: 'How many have one effect for one reason.' })
@Access('public')
export class ImpactTally {
  @Field(() => ImpactEffectEnum, { description: 'The effect.' })
  effect!: ImpactEffect;

  @Field(() => EntitlementCodeEnum, { description: 'The answer after the change.' })
  code!: EntitlementCode;

  @Field(() => Int, { description: 'The number of licenses, or of releases for a change to a license.' })
  count!: number;
}

@ObjectType('ImpactEntry', { description: 'One license of a change to a release, or one release of a change to a license.' })
@Access('public')
export class ImpactEntry {
  @Field(() => ImpactEffectEnum, { description: 'The effect.' })
  effect!: ImpactEffect;

  @Field(() => EntitlementCodeEnum, { description: 'The answer after the change.' })
  code!: EntitlementCode;

  @Access('license:read')
  @Field(() => LicenseType, { nullable: true, description: 'The license. Null for a change to a license.' })
  license!: License | null;

  @Field(() => DownloadableType, { nullable: true, description: 'The release. Null for a change to a release.' })
  downloadable!: Downloadable | null;
}

@ObjectType('ImpactStep', {
  description: 'A part of the impact of a change: ask again with `endCursor` for the next one, and add them up.',
})
@Access('public')
export class ImpactStep {
  @Field(() => Int, { description: 'The number of licenses, or releases, in this part.' })
  judged!: number;

  @Field(() => Int, { description: 'The number of all of them.' })
  total!: number;

  @Weight({ items: 8 })
  @Field(() => [ImpactTally], { description: 'How many have which effect, and why.' })
  tallies!: readonly ImpactTally[];

  @Weight({ items: 50 })
  @Field(() => [ImpactEntry], { description: 'Those of the group that was asked for, in this part.' })
  entries!: readonly ImpactEntry[];

  @Field(() => String, { nullable: true, description: 'Where to go on, to pass as `after`. Null at the end.' })
  endCursor!: string | null;
}
