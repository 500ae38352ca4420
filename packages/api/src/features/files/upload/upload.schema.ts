import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../../kernel/enums.js';
import { ByteSize, DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { SentFileInput } from '../../assets/file.inputs.js';

@ObjectType('UploadedPart', { description: 'A part that has arrived.' })
@Access('public')
export class UploadedPart {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => ByteSize, { description: 'Bytes.' })
  size!: number;
}

@ObjectType('SignedPart', { description: 'A permission to PUT one part.' })
@Access('public')
export class SignedPart {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Weight({ bytes: 600 })
  @Field(() => String, { description: 'PUT exactly this part’s bytes here. A secret: whoever has it can send the part.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL stops working; ask for a new one then.' })
  expiresAt!: Date;
}

@ObjectType('Upload', { description: 'A file on its way, in parts.' })
@Access('public')
export class UploadType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => ByteSize, { description: 'Bytes of every part but the last.' })
  partSize!: number;

  @Field(() => Int, { description: 'How many parts there are.' })
  partCount!: number;

  @Field(() => DateTime, { description: 'When an unfinished upload is swept away; moves on while parts are asked for.' })
  expiresAt!: Date;

  @Field(() => DateTime, { description: 'When parts were last asked for.' })
  movedAt!: Date;

  @Field(() => AssetStateEnum, { description: 'How far its bytes have come.' })
  state!: AssetState;

  @Field(() => String, { nullable: true, description: 'What its sender recognizes the file by.' })
  fingerprint!: string | null;
}

@InputType('CreateUploadInput', { description: 'A file to upload in parts.' })
export class CreateUploadInput extends SentFileInput {
  @Field(() => ID, { description: 'The downloadable; it must have an open draft.' })
  downloadableId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What you recognize the file by, 8 to 100 characters: the same fingerprint and size continue the unfinished upload of this name.',
  })
  fingerprint?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key, same upload: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('SignUploadPartsInput', { description: 'Which parts to sign.' })
export class SignUploadPartsInput {
  @Field(() => ID, { description: 'The upload.' })
  uploadId!: string;

  @Field(() => [Int], { description: 'Part numbers, 1 for the first, at most 100 at a time.' })
  partNumbers!: number[];
}

@InputType('CompleteUploadInput', { description: 'The upload whose parts have all arrived.' })
export class CompleteUploadInput {
  @Field(() => ID, { description: 'The upload.' })
  uploadId!: string;
}

@InputType('AbortUploadInput', { description: 'The upload to drop.' })
export class AbortUploadInput {
  @Field(() => ID, { description: 'The upload.' })
  uploadId!: string;
}

@InputType('UpdateAssetInput', { description: 'Changes to a file of a draft; absent fields stay.' })
export class UpdateAssetInput {
  @Field(() => ID, { description: 'The asset.' })
  id!: string;

  @Field(() => AssetTypeEnum, { nullable: true, description: 'What it is for.' })
  type?: AssetType | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'The system it is for.' })
  platform?: Platform | null;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor it is for; null for any.' })
  architecture?: Architecture | null;
}

@InputType('RemoveAssetInput', { description: 'The file to remove from a draft.' })
export class RemoveAssetInput {
  @Field(() => ID, { description: 'The asset.' })
  id!: string;
}
