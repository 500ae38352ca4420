import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('AssetFailure', { description: 'The reason why a file failed its check.' })
@Access('public')
export class AssetFailureType {
  @Field(() => String, { description: 'A stable code for programs.' })
  code!: string;

  @Weight({ bytes: 120 })
  @Field(() => String, { description: 'One sentence that says what is wrong and what to do.' })
  message!: string;
}

@ObjectType('Asset', { description: 'A file of a revision.' })
@Access('public')
export class AssetObject {
  @Field(() => ID, { description: 'The ID of the file, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name that the file is saved under.' })
  fileName!: string;

  @Field(() => AssetTypeEnum, { description: 'The purpose of the file, for example `INSTALLER`.' })
  type!: AssetType;

  @Field(() => PlatformEnum, { description: 'The platform that the file is for.' })
  platform!: Platform;

  @Field(() => ArchitectureEnum, {
    nullable: true,
    description: 'The processor architecture that the file is for. Null if it does not matter.',
  })
  architecture!: Architecture | null;

  @Field(() => ByteSize, {
    description: 'The size of the file in bytes. Counted by the server once verified; until then, and for external files, as declared.',
  })
  size!: number;

  @Weight({ bytes: 66 })
  @Field(() => String, {
    nullable: true,
    description:
      'The SHA-256 of the file in hexadecimal, computed by the server or, for external files, declared by the vendor. Null until the file is `READY`.',
  })
  sha256!: string | null;

  @Weight({ bytes: 130 })
  @Field(() => String, {
    nullable: true,
    description: 'The SHA-512 of the file in hexadecimal, computed by the server. Null until the file is `READY`, and for external files.',
  })
  sha512!: string | null;

  @Field(() => AssetStateEnum, { description: 'The state of the file. Only `READY` files can be downloaded.' })
  state!: AssetState;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the file was found missing from the store; downloads fail with `FILE_MISSING` until it is back. Null if it is not missing.',
  })
  missingSince!: Date | null;

  @Field(() => DateTime, { description: 'When the file was added.' })
  createdAt!: Date;
}
