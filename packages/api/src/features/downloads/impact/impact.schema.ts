import type { EntitlementCode } from '@slipway/shared';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { EntitlementCodeEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { License } from '../../licenses/license.entity.js';
import { LicenseType } from '../../licenses/license.schema.js';
import { ImpactEffectEnum, type ImpactEffect } from './impact.inputs.js';

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

@ObjectType('ImpactEntry', { description: 'One license of a change to releases or channels, or one release of a change to a license.' })
@Access('public')
export class ImpactEntry {
  @Field(() => ImpactEffectEnum, { description: 'The effect.' })
  effect!: ImpactEffect;

  @Field(() => EntitlementCodeEnum, { description: 'The answer after the change.' })
  code!: EntitlementCode;

  @Access('license:read')
  @Field(() => LicenseType, { nullable: true, description: 'The license. Null for a change to a license.' })
  license!: License | null;

  @Field(() => DownloadableType, {
    nullable: true,
    description:
      'The release that decides it; for a change to licenses the newest that the license has, gets or loses, or else the newest that there is. Null for a change to one release.',
  })
  downloadable!: Downloadable | null;
}

@ObjectType('ImpactStep', {
  description: 'A part of the impact of a change: ask again with `endCursor` for the next one, and add them up.',
})
@Access('public')
export class ImpactStep {
  @Field(() => Int, { description: 'The number of licenses, or releases, in this part.' })
  judged!: number;

  @Field(() => Int, { description: 'The number of all of them. Of licenses by a filter, counting stops at 1,000.' })
  total!: number;

  @Field(() => Boolean, { description: 'Whether counting stopped, so that there may be more than `total`.' })
  totalCapped!: boolean;

  @Weight({ items: 8 })
  @Field(() => [ImpactTally], { description: 'How many have which effect, and why.' })
  tallies!: readonly ImpactTally[];

  @Weight({ items: 50 })
  @Field(() => [ImpactEntry], { description: 'Those of the group that was asked for, in this part.' })
  entries!: readonly ImpactEntry[];

  @Field(() => String, { nullable: true, description: 'Where to go on, to pass as `after`. Null at the end.' })
  endCursor!: string | null;
}
