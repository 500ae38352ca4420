import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('ShareLink', { description: 'A link with which testers can download without an account.' })
@Access('public')
export class ShareLinkType {
  @Field(() => ID, { description: 'The ID of the link, a ULID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A note on who the link is for.' })
  label!: string | null;

  @Field(() => String, { nullable: true, description: 'The channel whose newest draft the link opens. Null if it opens a single release.' })
  channel!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The version of the release when the link was created. Null if the link opens a channel.',
  })
  version!: string | null;

  @Field(() => DateTime, { description: 'When the link was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the link expires.' })
  expiresAt!: Date;

  @Field(() => Int, { nullable: true, description: 'The number of downloads that the link allows. Null if unlimited.' })
  maxDownloads!: number | null;

  @Field(() => Int, { description: 'The number of downloads used so far. Signatures and checksums do not count.' })
  downloadsUsed!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the link was last used to download. Null if it never was.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the link was revoked. Null if it was not.' })
  revokedAt!: Date | null;
}

@ObjectType('ShareLinkUse', { description: 'A download through a share link.' })
@Access('public')
export class ShareLinkUseType {
  @Field(() => ID, { description: 'The ID of the download, a ULID.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the download was granted.' })
  at!: Date;

  @Field(() => String, { description: 'The version that was downloaded.' })
  version!: string;

  @Field(() => String, { description: 'The name of the file that was downloaded.' })
  fileName!: string;

  @Field(() => Boolean, { name: 'counted', description: 'Whether the download counts against the limit. Signatures and checksums do not.' })
  isCounted!: boolean;
}

export const ShareLinkConnection = connectionType('ShareLink', () => ShareLinkType);
export const ShareLinkUseConnection = connectionType('ShareLinkUse', () => ShareLinkUseType);

@ArgsType()
export class ProductShareLinkArgs extends ForwardPageArgs {
  @Field(() => String, { nullable: true, description: 'Only links that open the newest draft of this channel.' })
  channel?: string | null;
}

@InputType('CreateShareLinkInput', { description: 'A share link to create. Give either `downloadableId`, or `productId` and `channel`.' })
export class CreateShareLinkInput {
  @Field(() => ID, { nullable: true, description: 'The ID of the release that the link opens.' })
  downloadableId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the product whose channel the link opens.' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'The channel whose newest draft the link opens.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'A note on who the link is for, for example `Night shift in Oslo`.' })
  label?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the link expires, at most 366 days from now. Defaults to 7 days from now.' })
  expiresAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'The number of downloads that the link allows, 1 to 1,000,000. Unlimited if omitted.' })
  maxDownloads?: number | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('RevokeShareLinkInput', { description: 'The share link to revoke.' })
export class RevokeShareLinkInput {
  @Field(() => ID, { description: 'The ID of the share link.' })
  id!: string;
}
