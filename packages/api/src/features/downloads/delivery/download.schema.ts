import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { ByteSize, DateTime } from '../../../kernel/scalars.js';

@ObjectType('Download', { description: 'A granted download.' })
@Access('public')
export class Download {
  @Weight({ bytes: 600 })
  @Field(() => String, { description: 'GET it here, before expiresAt. A secret: whoever has it gets the file.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL stops working; for an external file, when to ask again.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The name under which it is saved.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'Bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex, to compare after the download.' })
  sha256!: string | null;
}

@InputType('CreateDownloadInput', { description: 'The file to download.' })
export class CreateDownloadInput {
  @Field(() => ID, { description: 'The asset.' })
  assetId!: string;
}
