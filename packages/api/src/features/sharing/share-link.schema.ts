import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('ShareLink', { description: 'A link with which a tester without an account downloads.' })
@Access('public')
export class ShareLinkType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Whom it is for, in the words of whoever made it.' })
  label!: string | null;

  @Field(() => String, { nullable: true, description: 'The channel whose newest draft it opens; null when it opens one release.' })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: 'The version of the one release when the link was made; null for a channel.' })
  version!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it stops working.' })
  expiresAt!: Date;

  @Field(() => Int, { nullable: true, description: 'How many downloads it allows; null: no limit.' })
  maxDownloads!: number | null;

  @Field(() => Int, { description: 'How many of them are used. Signatures and checksums use none.' })
  downloadsUsed!: number;

  @Field(() => DateTime, { nullable: true, description: 'When somebody last downloaded by it.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked.' })
  revokedAt!: Date | null;
}

@ObjectType('ShareLinkUse', { description: 'One download by a share link.' })
@Access('public')
export class ShareLinkUseType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was granted.' })
  at!: Date;

  @Field(() => String, { description: 'The version that was downloaded.' })
  version!: string;

  @Field(() => String, { description: 'The file.' })
  fileName!: string;

  @Field(() => Boolean, { name: 'counted', description: 'False for a signature or checksum, which uses none of the downloads.' })
  isCounted!: boolean;
}

export const ShareLinkConnection = connectionType('ShareLink', () => ShareLinkType);
export const ShareLinkUseConnection = connectionType('ShareLinkUse', () => ShareLinkUseType);

@ArgsType()
export class ProductShareLinkArgs extends ForwardPageArgs {
  @Field(() => String, { nullable: true, description: 'Only those for the newest draft of this channel.' })
  channel?: string | null;
}

@InputType('CreateShareLinkInput', { description: 'A new share link; exactly one is given: downloadableId, or productId with channel.' })
export class CreateShareLinkInput {
  @Field(() => ID, { nullable: true, description: 'The one release that it opens, or' })
  downloadableId?: string | null;

  @Field(() => ID, { nullable: true, description: 'the product, with' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'the channel whose newest draft it opens.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom it is for, for example "Night shift in Oslo".' })
  label?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working, at most 366 days from now; in 7 days when absent.' })
  expiresAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many downloads it allows, 1 to 1,000,000; no limit when absent.' })
  maxDownloads?: number | null;

  @Field(() => String, { nullable: true, description: 'Same key, same link: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('RevokeShareLinkInput', { description: 'The link to revoke.' })
export class RevokeShareLinkInput {
  @Field(() => ID, { description: 'The link.' })
  id!: string;
}
