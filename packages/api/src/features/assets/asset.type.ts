import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ArchitectureEnum, AssetStateEnum, AssetTypeEnum, PlatformEnum } from '../../kernel/enums.js';
import { ByteSize, DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('AssetFailure', { description: 'Why a file did not pass its check.' })
@Access('public')
export class AssetFailureType {
  @Field(() => String, { description: 'Stable code for programs.' })
  code!: string;

  @Weight({ bytes: 120 })
  @Field(() => String, { description: 'What is wrong and what to do, in one sentence.' })
  message!: string;
}

@ObjectType('Asset', { description: 'One file of a revision.' })
@Access('public')
export class AssetObject {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name under which it is saved.' })
  fileName!: string;

  @Field(() => AssetTypeEnum, { description: 'What it is for.' })
  type!: AssetType;

  @Field(() => PlatformEnum, { description: 'The system it is for.' })
  platform!: Platform;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'The processor it is for; null when that does not matter.' })
  architecture!: Architecture | null;

  @Field(() => ByteSize, {
    description: 'Bytes; the server’s own count once VERIFYING is over, the declared size before and for external files.',
  })
  size!: number;

  @Weight({ bytes: 66 })
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 in hex; null until READY. The server’s own, except for external files: there it is what the vendor says.',
  })
  sha256!: string | null;

  @Weight({ bytes: 130 })
  @Field(() => String, { nullable: true, description: 'SHA-512 computed by the server, hex; null until READY and for external files.' })
  sha512!: string | null;

  @Field(() => AssetStateEnum, { description: 'How far it has come; only READY files are served.' })
  state!: AssetState;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the store does not have its bytes, so that downloads answer FILE_MISSING; null while it has. Heals by itself.',
  })
  missingSince!: Date | null;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: Date;
}
