import { memberRoleOf, type MemberRole } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { MemberRoleEnum } from '../../kernel/enums.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { Customer } from '../customers/customer.entity.js';
import { CustomerType } from '../customers/customer.schema.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import type { AccountService } from './account.service.js';
import type { UserList } from './user-list.js';
import {
  ChangePasswordInput,
  CreateUserInput,
  ResetUserPasswordInput,
  UpdateUserInput,
  UserConnection,
  UserListArgs,
  UserType,
} from './user.schema.js';
import { requireUserManager } from './user.rules.js';
import type { UserService } from './user.service.js';
import type { UserAccount } from './user-account.entity.js';

interface UserResult {
  readonly user: UserAccount;
}
type CreateResult = UserResult & { readonly initialPassword: string | null };
type ResetResult = UserResult & { readonly newPassword: string };

const USER = { user: { type: () => UserType, description: 'The account after the change.' } };
const CreateUserPayload = payloadType<CreateResult>('CreateUser', {
  ...USER,
  initialPassword: { type: () => String, description: 'The initial password, shown only once. Null when the request is a repeat.' },
});
const UpdateUserPayload = payloadType<UserResult>('UpdateUser', USER);
const ResetUserPasswordPayload = payloadType<ResetResult>('ResetUserPassword', {
  ...USER,
  newPassword: { type: () => String, description: 'The new password, shown only once.' },
});
const ChangePasswordPayload = payloadType<UserResult>('ChangePassword', USER);

@Resolver(() => UserType)
export class UserResolver {
  constructor(
    private readonly users: UserService,
    private readonly accounts: AccountService,
    private readonly userList: UserList,
  ) {}

  @Access('user:write')
  @Query(() => UserType, { nullable: true, description: 'Finds an account by its ID; null if there is none. Requires `user:write`.' })
  user(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the account.' }) id: string,
  ): Promise<UserAccount | null> {
    return this.users.find(context, id);
  }

  @Access('user:write')
  @Query(() => UserConnection, {
    name: 'users',
    description: 'Lists the accounts of your staff, ordered by e-mail address. Requires `user:write`.',
  })
  listUsers(@Ctx() context: RequestContext, @Args(() => UserListArgs) args: UserListArgs): Promise<Connection<UserAccount>> {
    return this.userList.list(context, args);
  }

  @Access('user:write')
  @Mutation(() => CreateUserPayload, { description: 'Creates an account with a random password, which is shown only once.' })
  async createUser(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateUserInput) input: CreateUserInput,
  ): Promise<PayloadOf<CreateResult>> {
    return succeed(await this.users.create(context, input));
  }

  @Access('user:write')
  @Mutation(() => UpdateUserPayload, {
    description: 'Changes the name, role or products of an account, or disables it. Takes effect on the account’s next request.',
  })
  async updateUser(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateUserInput) input: UpdateUserInput,
  ): Promise<PayloadOf<UserResult>> {
    return succeed({ user: await this.users.update(context, input) });
  }

  @Access('user:write')
  @Mutation(() => ResetUserPasswordPayload, { description: 'Resets the password of an account to a random one and ends its sessions.' })
  async resetUserPassword(
    @Ctx() context: RequestContext,
    @Arg('input', () => ResetUserPasswordInput) input: ResetUserPasswordInput,
  ): Promise<PayloadOf<ResetResult>> {
    return succeed(await this.users.resetPassword(context, input.id));
  }

  @Access('signed-in')
  @Mutation(() => ChangePasswordPayload, { description: 'Changes your own password and ends your other sessions.' })
  async changePassword(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
  ): Promise<PayloadOf<UserResult>> {
    return succeed({ user: await this.accounts.changePassword(context, input) });
  }
}

/** What the role of somebody is limited to. */
@Resolver(() => UserType)
export class UserProductsResolver {
  constructor(private readonly byUser: LoaderDefinition<string, readonly Product[]>) {}

  @FieldResolver(() => MemberRoleEnum, { nullable: true, description: 'What the person may do at the customer. Null for staff.' })
  memberRole(@Root() user: UserAccount): MemberRole | null {
    return memberRoleOf(user);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the person gets mail about what needs attention. Only administrators get any.',
  })
  wantsAlerts(@Root() user: UserAccount): boolean {
    return user.role === 'ADMIN' && user.noAlertsSince === null;
  }

  @Weight({ items: 5 })
  @FieldResolver(() => [ProductType], {
    description: 'The products that the person is limited to, ordered by name, at most 100. Empty: the role decides alone.',
  })
  products(@Ctx() context: RequestContext, @Root() user: UserAccount): Promise<readonly Product[]> {
    return context.loader(this.byUser).load(user.id);
  }
}

/** The accounts feature adds its field to the customer's type. */
@Resolver(() => CustomerType)
export class CustomerUsersResolver {
  constructor(private readonly byCustomer: LoaderDefinition<string, readonly UserAccount[]>) {}

  @Access('user:write')
  @Weight({ items: 5 })
  @FieldResolver(() => [UserType], {
    description:
      'Accounts that sign in for the customer, ordered by e-mail address, at most 1,000, leaving out disabled ones first. Requires `user:write`.',
  })
  users(@Ctx() context: RequestContext, @Root() customer: Customer): Promise<readonly UserAccount[]> {
    // Accounts belong to no product: a token for one product has no business with them.
    requireUserManager(context.actor);
    return context.loader(this.byCustomer).load(customer.id);
  }
}
