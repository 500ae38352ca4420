import type { Role } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { RoleEnum } from '../../kernel/enums.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('User', { description: 'A person’s account.' })
@Access('public')
export class UserType {
  @Field(() => ID, { description: 'The ID of the account, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The e-mail address that the person signs in with.' })
  email!: string;

  @Field(() => String, { description: 'The name of the person.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'The role, which decides what the person may do.' })
  role!: Role;

  @Field(() => DateTime, { description: 'When the account was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the person last signed in. Null if never, or before this was kept.' })
  signedInAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the account was disabled. Null while it can sign in.' })
  disabledAt!: Date | null;
}

export const UserConnection = connectionType('User', () => UserType);

@ArgsType()
export class UserListArgs extends ForwardPageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name or e-mail address to search for.' })
  search?: string | null;
}

@InputType('CreateUserInput', { description: 'An account to create.' })
export class CreateUserInput {
  @Field(() => String, { description: 'The e-mail address, unique among accounts.' })
  email!: string;

  @Field(() => String, { description: 'The name of the person, up to 100 characters.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'The role of the person. It may not exceed your own permissions.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description: 'The ID of the customer that the person belongs to. Only for the role `CUSTOMER`, which requires it.',
  })
  customerId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'The IDs of the products to limit the person to, at most 100. Only for the roles `PUBLISHER` and `SUPPORT`. Defaults to all products.',
  })
  productIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateUserInput', { description: 'Changes to an account. Omitted fields stay as they are.' })
export class UpdateUserInput {
  @Field(() => ID, { description: 'The ID of the account to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name of the person, up to 100 characters.' })
  name?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'The role of the person. It may not exceed your own permissions.' })
  role?: Role | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The IDs of all products to limit the person to, at most 100. An empty list lifts the limit.',
  })
  productIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person gets mail about what needs attention. Only administrators get any.',
  })
  wantsAlerts?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the account is disabled. Disabling it ends its sessions.' })
  disabled?: boolean | null;
}

@InputType('ResetUserPasswordInput', { description: 'The account whose password to reset.' })
export class ResetUserPasswordInput {
  @Field(() => ID, { description: 'The ID of the account.' })
  id!: string;
}

@InputType('ChangePasswordInput', { description: 'A change of your own password.' })
export class ChangePasswordInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your current password. Leave it out if you have none; then you must have signed in within the last 15 minutes.',
  })
  currentPassword?: string | null;

  @Field(() => String, { description: 'Your new password, up to 128 characters; `vendor.passwordMinLength` says how short it may be.' })
  newPassword!: string;
}
