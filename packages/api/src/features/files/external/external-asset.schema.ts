import { Field, ID, InputType } from 'type-graphql';
import { ByteSize } from '../../../kernel/scalars.js';
import { FileLabelsInput } from '../../assets/file.inputs.js';

@InputType('AddExternalAssetInput', { description: 'A file on the vendor’s own server to add to a draft.' })
export class AddExternalAssetInput extends FileLabelsInput {
  @Field(() => ID, { description: 'The ID of the downloadable, which must have an open draft.' })
  downloadableId!: string;

  @Field(() => String, { description: 'The name that the file is listed under: ASCII letters, digits and `. - _ + ~`.' })
  fileName!: string;

  @Field(() => String, { description: 'The https URL of the file, without user name or password. Slipway never fetches it.' })
  url!: string;

  @Field(() => ByteSize, { description: 'The size of the file in bytes. Slipway does not verify it.' })
  size!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The SHA-256 of the file in hexadecimal, for customers to verify. Slipway does not verify it.',
  })
  sha256?: string | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}
