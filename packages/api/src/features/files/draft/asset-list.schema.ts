import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { ArchitectureEnum, AssetTypeEnum, PlatformEnum } from '../../../kernel/enums.js';

@InputType('UpdateAssetsInput', { description: 'Changes to the labels of several files of one draft. Omitted fields stay as they are.' })
export class UpdateAssetsInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  downloadableId!: string;

  @Field(() => [ID], { description: 'The IDs of the files. Either all of them are changed or none.' })
  ids!: string[];

  @Field(() => AssetTypeEnum, { nullable: true, description: 'The purpose of the files.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'The platform that the files are for.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor architecture that the files are for. Null for any.' })
  architecture?: Architecture | null;
}

@InputType('ReorderAssetsInput', { description: 'A new order for the files of a draft.' })
export class ReorderAssetsInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  downloadableId!: string;

  @Field(() => [ID], { description: 'The IDs of all files of the draft, each once, in their new order.' })
  assetIds!: string[];
}
