import type { Distribution, VersionScheme } from '@slipway/shared';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DistributionEnum, VersionSchemeEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('Channel', { description: 'A stream of releases, and the channels whose releases it includes.' })
@Access('public')
export class ChannelType {
  @Field(() => String, { description: 'Lower case, for example beta.' })
  name!: string;

  @Weight({ items: 2 })
  @Field(() => [String], { description: 'Channels whose releases are offered here too.' })
  includes!: readonly string[];
}

@ObjectType('Product', { description: 'Something that is sold and released in versions.' })
@Access('public')
export class ProductType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'Short name for URLs, unique.' })
  slug!: string;

  @Field(() => String, { description: 'Name as customers read it.' })
  name!: string;

  @Weight({ bytes: 300 })
  @Field(() => String, { nullable: true, description: 'One paragraph for customers.' })
  description!: string | null;

  @Field(() => VersionSchemeEnum, { description: 'Which versions it accepts.' })
  versionScheme!: VersionScheme;

  @Field(() => DistributionEnum, { description: 'Who may download it at all.' })
  distribution!: Distribution;

  @Field(() => DateTime, { nullable: true, description: 'Since when it takes no new releases.' })
  archivedAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const ProductConnection = connectionType('Product', () => ProductType);
