import type { Distribution, VersionScheme } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { DistributionEnum, VersionSchemeEnum } from '../../kernel/enums.js';

@InputType({ description: 'A channel of a product.' })
export class ChannelInput {
  @Field(() => String, { description: 'Lower case letters, digits and hyphens.' })
  name!: string;

  @Field(() => [String], { nullable: true, description: 'Channels whose releases are offered here too; none when absent.' })
  includes?: string[] | null;
}

@InputType()
abstract class ProductFields {
  @Field(() => String, { nullable: true, description: 'Short name for URLs; made from the name when absent.' })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'One paragraph for customers.' })
  description?: string | null;

  @Field(() => VersionSchemeEnum, { nullable: true, description: 'ANY when absent.' })
  versionScheme?: VersionScheme | null;

  @Field(() => [ChannelInput], { nullable: true, description: 'stable, rc, beta and alpha when absent.' })
  channels?: ChannelInput[] | null;

  @Field(() => DistributionEnum, { nullable: true, description: 'LICENSED when absent.' })
  distribution?: Distribution | null;
}

@InputType({ description: 'A new product.' })
export class CreateProductInput extends ProductFields {
  @Field(() => String, { description: 'Name as customers read it, up to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Same key, same product: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Changes to a product; absent fields stay.' })
export class UpdateProductInput extends ProductFields {
  @Field(() => ID, { description: 'The product.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name as customers read it, up to 100 characters.' })
  name?: string | null;
}

@InputType({ description: 'The product to archive.' })
export class ArchiveProductInput {
  @Field(() => ID, { description: 'The product.' })
  id!: string;
}
