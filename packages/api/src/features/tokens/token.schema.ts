import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('ApiToken', { description: 'A token with which a program can use the API.' })
@Access('public')
export class ApiTokenType {
  @Field(() => ID, { description: 'The ID of the token, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name of the token, which says what it is for.' })
  name!: string;

  @Weight({ items: 3 })
  @Field(() => [String], { description: 'Scopes of the token. They never exceed the permissions of its creator.' })
  scopes!: string[];

  @Field(() => DateTime, { description: 'When the token was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the token expires.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the token was last used, to the minute. Null if it never was.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token was revoked. Null if it was not.' })
  revokedAt!: Date | null;
}

export const ApiTokenConnection = connectionType('ApiToken', () => ApiTokenType);

@InputType({ description: 'An API token to create.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'The name of the token, for example `release pipeline`.' })
  name!: string;

  @Field(() => [String], { description: 'Scopes of the token, for example `release:write`.' })
  scopes!: string[];

  @Field(() => ID, { nullable: true, description: 'The ID of the product to restrict the token to. Defaults to all products.' })
  productId?: string | null;

  @Field(() => DateTime, { description: 'When the token expires, at most 366 days from now.' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The token to revoke.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The ID of the token.' })
  id!: string;
}
