import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { ByteSize, DateTime } from '../../../kernel/scalars.js';

@ObjectType('Download', { description: 'A granted download of a file.' })
@Access('public')
export class Download {
  @Weight({ bytes: 600 })
  @Field(() => String, { description: 'The URL to download the file from. Keep it secret: whoever has it gets the file.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL expires or, for an external file, when to request it again.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The name that the file is saved under.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'The size of the file in bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'The SHA-256 of the file in hexadecimal, to verify the download with.' })
  sha256!: string | null;
}

@InputType('CreateDownloadInput', { description: 'The file to download.' })
export class CreateDownloadInput {
  @Field(() => ID, { description: 'The ID of the file.' })
  assetId!: string;
}
