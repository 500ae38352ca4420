import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('OwnDownload', { description: 'A download of your own customer, or by your license key.' })
@Access('public')
export class OwnDownloadType {
  @Field(() => ID, { description: 'The ID of the download, a ULID. Later ones have higher IDs.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the file was downloaded.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'The version of the release then. Null if it was not recorded.' })
  version!: string | null;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The name of the file then. Null if it was not recorded.' })
  fileName!: string | null;

  @Field(() => Boolean, { description: 'Whether the download was counted against the license.' })
  isCounted!: boolean;
}

export const OwnDownloadConnection = connectionType('OwnDownload', () => OwnDownloadType);

@ArgsType()
export class OwnDownloadArgs extends ForwardPageArgs {
  @Field(() => ID, { nullable: true, description: 'Only downloads of this product.' })
  productId?: string | null;
}

@ObjectType('LastDownload', { description: 'What a customer downloaded last of a product.' })
@Access('public')
export class LastDownloadType {
  @Field(() => String, { description: 'The version of the release.' })
  version!: string;

  @Field(() => DateTime, { description: 'When it was downloaded.' })
  at!: Date;
}
