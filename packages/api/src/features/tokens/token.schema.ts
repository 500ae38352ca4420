import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('ApiToken', { description: 'A program’s key to the API.' })
@Access('public')
export class ApiTokenType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Weight({ items: 3 })
  @Field(() => [String], { description: 'What it may do, never more than its creator may.' })
  scopes!: string[];

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it stops working.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked.' })
  revokedAt!: Date | null;
}

export const ApiTokenConnection = connectionType('ApiToken', () => ApiTokenType);

@InputType({ description: 'A new API token.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What it is for, for example "release pipeline".' })
  name!: string;

  @Field(() => [String], { description: 'What it may do, for example release:write.' })
  scopes!: string[];

  @Field(() => ID, { nullable: true, description: 'Only for this product; for all when absent.' })
  productId?: string | null;

  @Field(() => DateTime, { description: 'When it stops working, at most 366 days from now.' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'Same key, same token: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The token to revoke.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The token.' })
  id!: string;
}
