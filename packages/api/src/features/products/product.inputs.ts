import type { Distribution, Platform, VersionScheme } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { DistributionEnum, PlatformEnum, VersionSchemeEnum } from '../../kernel/enums.js';

@InputType({ description: 'A channel to give to a product.' })
export class ChannelInput {
  @Field(() => String, { description: 'The name of the channel: lowercase letters, digits and hyphens.' })
  name!: string;

  @Field(() => [String], { nullable: true, description: 'Names of channels whose releases are offered here too. Defaults to none.' })
  includes?: string[] | null;
}

@InputType({ description: 'What customers read of a product on one platform. A note without texts is removed.' })
export class PlatformNoteInput {
  @Field(() => PlatformEnum, { description: 'The platform that the note is about.' })
  platform!: Platform;

  @Field(() => String, {
    nullable: true,
    description: 'What the product needs there, for example `Windows 10 or newer`, up to 200 characters.',
  })
  requirements?: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence on installing it there, up to 300 characters.' })
  installNote?: string | null;
}

@InputType()
abstract class ProductFields {
  @Field(() => String, { nullable: true, description: 'The short name for URLs. Derived from the name of a new product if omitted.' })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'A description for customers, one paragraph.' })
  description?: string | null;

  @Field(() => VersionSchemeEnum, {
    nullable: true,
    description: 'The versions that the product accepts. A new product defaults to `ANY`.',
  })
  versionScheme?: VersionScheme | null;

  @Field(() => [ChannelInput], {
    nullable: true,
    description: 'The channels, in your order. A new product defaults to stable, rc, beta and alpha.',
  })
  channels?: ChannelInput[] | null;

  @Field(() => DistributionEnum, {
    nullable: true,
    description: 'The distribution, which decides who may download the product. A new product defaults to `LICENSED`.',
  })
  distribution?: Distribution | null;

  @Field(() => [PlatformNoteInput], {
    nullable: true,
    description: 'All notes on platforms: those that are left out are removed. A new product defaults to none.',
  })
  platformNotes?: PlatformNoteInput[] | null;
}

@InputType({ description: 'A product to create.' })
export class CreateProductInput extends ProductFields {
  @Field(() => String, { description: 'The name as customers see it, up to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Changes to a product. Omitted fields stay as they are.' })
export class UpdateProductInput extends ProductFields {
  @Field(() => ID, { description: 'The ID of the product.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name as customers see it, up to 100 characters.' })
  name?: string | null;
}

@InputType({ description: 'The product to archive.' })
export class ArchiveProductInput {
  @Field(() => ID, { description: 'The ID of the product.' })
  id!: string;
}
