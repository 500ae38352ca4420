import { Field, ID, InputType } from 'type-graphql';
import { ByteSize } from '../../../kernel/scalars.js';
import { FileLabelsInput } from '../../assets/file.inputs.js';

@InputType('AddExternalAssetInput', { description: 'A file on the vendor’s own server.' })
export class AddExternalAssetInput extends FileLabelsInput {
  @Field(() => ID, { description: 'The downloadable; it must have an open draft.' })
  downloadableId!: string;

  @Field(() => String, { description: 'Name under which it is listed: ASCII letters, digits and . - _ + ~.' })
  fileName!: string;

  @Field(() => String, { description: 'Where it is: an https address without user name or password. Slipway never fetches it.' })
  url!: string;

  @Field(() => ByteSize, { description: 'Size in bytes, as you know it; not verified.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex, as you know it: customers compare it; not verified.' })
  sha256?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key, same file: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}
