import type { Role } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { RoleEnum } from '../../kernel/enums.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('User', { description: 'A person who can sign in.' })
@Access('public')
export class UserType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'A set of scopes.' })
  role!: Role;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Since when the account may not sign in; null: it may.' })
  disabledAt!: Date | null;
}

export const UserConnection = connectionType('User', () => UserType);

@ArgsType()
export class UserListArgs extends ForwardPageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name or e-mail address.' })
  search?: string | null;
}

@InputType('CreateUserInput', { description: 'A new account.' })
export class CreateUserInput {
  @Field(() => String, { description: 'E-mail address, unique among accounts.' })
  email!: string;

  @Field(() => String, { description: 'Name, up to 100 characters.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'What the person may do; no more than you may.' })
  role!: Role;

  @Field(() => ID, { nullable: true, description: 'The customer for whom they sign in; for the role CUSTOMER only.' })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key, same account: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateUserInput', { description: 'Changes to an account; absent fields stay.' })
export class UpdateUserInput {
  @Field(() => ID, { description: 'The account.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name, up to 100 characters.' })
  name?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'What the person may do; no more than you may.' })
  role?: Role | null;

  @Field(() => Boolean, { nullable: true, description: 'True ends all sessions and refuses to sign in.' })
  disabled?: boolean | null;
}

@InputType('ResetUserPasswordInput', { description: 'The account that gets a new password.' })
export class ResetUserPasswordInput {
  @Field(() => ID, { description: 'The account.' })
  id!: string;
}

@InputType('ChangePasswordInput', { description: 'Your own new password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password you have now.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The new one, 8 to 128 characters.' })
  newPassword!: string;
}
