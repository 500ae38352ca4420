import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { Field, ID, InputType } from 'type-graphql';
import { ArchitectureEnum, AssetTypeEnum, PlatformEnum } from '../../../kernel/enums.js';

@InputType('UpdateAssetsInput', { description: 'The same labels for several files of one draft; absent fields stay.' })
export class UpdateAssetsInput {
  @Field(() => ID, { description: 'The downloadable.' })
  downloadableId!: string;

  @Field(() => [ID], { description: 'The files; all of them are relabelled, or none.' })
  ids!: string[];

  @Field(() => AssetTypeEnum, { nullable: true, description: 'What they are for.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'The system they are for.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor they are for; null for any.' })
  architecture?: Architecture | null;
}

@InputType('ReorderAssetsInput', { description: 'The order in which the files of a draft are shown.' })
export class ReorderAssetsInput {
  @Field(() => ID, { description: 'The downloadable.' })
  downloadableId!: string;

  @Field(() => [ID], { description: 'Every file of the draft once, first to last.' })
  assetIds!: string[];
}
