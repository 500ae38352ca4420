import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../../kernel/enums.js';
import { ByteSize, DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { SentFileInput } from '../../assets/file.inputs.js';

@ObjectType('UploadedPart', { description: 'A part of a file that has arrived.' })
@Access('public')
export class UploadedPart {
  @Field(() => Int, { description: 'The number of the part, starting with 1.' })
  number!: number;

  @Field(() => ByteSize, { description: 'The size of the part in bytes.' })
  size!: number;
}

@ObjectType('SignedPart', { description: 'A signed URL to upload a part to.' })
@Access('public')
export class SignedPart {
  @Field(() => Int, { description: 'The number of the part, starting with 1.' })
  number!: number;

  @Weight({ bytes: 600 })
  @Field(() => String, { description: 'The URL to PUT the bytes of this part to. Keep it secret: whoever has it can upload the part.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL expires. Request a new one after that.' })
  expiresAt!: Date;
}

@ObjectType('Upload', { description: 'An upload of a file in parts.' })
@Access('public')
export class UploadType {
  @Field(() => ID, { description: 'The ID of the upload, a ULID.' })
  id!: string;

  @Field(() => ByteSize, { description: 'The size of every part except the last, in bytes.' })
  partSize!: number;

  @Field(() => Int, { description: 'The number of parts.' })
  partCount!: number;

  @Field(() => DateTime, {
    description: 'When the upload expires if it is left unfinished. Extended whenever URLs for parts are requested.',
  })
  expiresAt!: Date;

  @Field(() => DateTime, { description: 'When URLs for parts were last requested.' })
  movedAt!: Date;

  @Field(() => AssetStateEnum, { description: 'The state of the file that is being uploaded.' })
  state!: AssetState;

  @Field(() => String, { nullable: true, description: 'The fingerprint by which the sender recognizes the file.' })
  fingerprint!: string | null;
}

@InputType('CreateUploadInput', { description: 'A file to upload in parts.' })
export class CreateUploadInput extends SentFileInput {
  @Field(() => ID, { description: 'The ID of the downloadable, which must have an open draft.' })
  downloadableId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A text by which you recognize the file, 8 to 100 characters. The same name, size and fingerprint continue an unfinished upload.',
  })
  fingerprint?: string | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('SignUploadPartsInput', { description: 'The parts of an upload to sign URLs for.' })
export class SignUploadPartsInput {
  @Field(() => ID, { description: 'The ID of the upload.' })
  uploadId!: string;

  @Field(() => [Int], { description: 'The numbers of the parts, starting with 1, at most 100 per request.' })
  partNumbers!: number[];
}

@InputType('CompleteUploadInput', { description: 'The upload to complete.' })
export class CompleteUploadInput {
  @Field(() => ID, { description: 'The ID of the upload.' })
  uploadId!: string;
}

@InputType('AbortUploadInput', { description: 'The upload to abort.' })
export class AbortUploadInput {
  @Field(() => ID, { description: 'The ID of the upload.' })
  uploadId!: string;
}

@InputType('UpdateAssetInput', { description: 'Changes to the labels of a file of a draft. Omitted fields stay as they are.' })
export class UpdateAssetInput {
  @Field(() => ID, { description: 'The ID of the file.' })
  id!: string;

  @Field(() => AssetTypeEnum, { nullable: true, description: 'The purpose of the file.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'The platform that the file is for.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor architecture that the file is for. Null for any.' })
  architecture?: Architecture | null;
}

@InputType('RemoveAssetInput', { description: 'The file to remove from a draft.' })
export class RemoveAssetInput {
  @Field(() => ID, { description: 'The ID of the file.' })
  id!: string;
}
