import type { Distribution, Platform, VersionScheme } from '@slipway/shared';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DistributionEnum, PlatformEnum, VersionSchemeEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('Channel', { description: 'A stream of releases of a product, for example stable or beta.' })
@Access('public')
export class ChannelType {
  @Field(() => String, { description: 'The name of the channel in lowercase, for example `beta`.' })
  name!: string;

  @Weight({ items: 2 })
  @Field(() => [String], { description: 'Names of channels whose releases are offered here too.' })
  includes!: readonly string[];
}

@ObjectType('PlatformNote', { description: 'What customers read of a product on one platform.' })
@Access('public')
export class PlatformNoteType {
  @Field(() => PlatformEnum, { description: 'The platform that the note is about.' })
  platform!: Platform;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'What the product needs there, for example `Windows 10 or newer`.' })
  requirements!: string | null;

  @Weight({ bytes: 80 })
  @Field(() => String, { nullable: true, description: 'A sentence on installing it there.' })
  installNote!: string | null;
}

@ObjectType('Product', { description: 'A product that is sold and released in versions.' })
@Access('public')
export class ProductType {
  @Field(() => ID, { description: 'The ID of the product, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The short name for URLs, unique among products.' })
  slug!: string;

  @Field(() => String, { description: 'The name as customers see it.' })
  name!: string;

  @Weight({ bytes: 300 })
  @Field(() => String, { nullable: true, description: 'A description for customers, one paragraph.' })
  description!: string | null;

  @Field(() => VersionSchemeEnum, { description: 'The versions that the product accepts.' })
  versionScheme!: VersionScheme;

  @Field(() => DistributionEnum, { description: 'The distribution, which decides who may download the product.' })
  distribution!: Distribution;

  @Field(() => DateTime, { nullable: true, description: 'When the product was archived. Null while it accepts new releases.' })
  archivedAt!: Date | null;

  @Field(() => DateTime, { description: 'When the product was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the product was last changed.' })
  updatedAt!: Date;
}

export const ProductConnection = connectionType('Product', () => ProductType);
