import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { DateTime } from '../../../kernel/scalars.js';
import { ViewerType } from '../account.resolver.js';
import type { Session } from '../session.entity.js';
import { UserType } from '../user.schema.js';
import type { UserAccount } from '../user-account.entity.js';
import type { AddressChangeService, PendingAddress } from './address-change.service.js';
import type { OwnAccount } from './own-account.service.js';
import { currentOf, type OwnSessions } from './own-sessions.service.js';

@ObjectType('Session', { description: 'A device where you are signed in.' })
@Access('public')
export class SessionType {
  @Field(() => ID, { description: 'The ID of the session, a ULID.' })
  id!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'Browser and system, for example `Firefox on Windows`. Null if they are not known.' })
  device!: string | null;

  @Field(() => DateTime, { description: 'When you signed in.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last used, to the minute.' })
  lastSeenAt!: Date;
}

@ObjectType('AddressChange', { description: 'A change of your e-mail address that both addresses have to confirm.' })
@Access('public')
export class AddressChangeType {
  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The new address.' })
  newEmail!: string;

  @Field(() => Boolean, { description: 'Whether your present address has confirmed.' })
  isOldConfirmed!: boolean;

  @Field(() => Boolean, { description: 'Whether the new address has confirmed.' })
  isNewConfirmed!: boolean;

  @Field(() => DateTime, { description: 'Until when both have to.' })
  expiresAt!: Date;
}

@InputType('EndSessionInput', { description: 'The session to end.' })
export class EndSessionInput {
  @Field(() => ID, { description: 'The ID of the session.' })
  id!: string;
}

@InputType('UpdateAccountInput', { description: 'Changes to your own account.' })
export class UpdateAccountInput {
  @Field(() => String, { description: 'Your name, up to 100 characters.' })
  name!: string;
}

@InputType('ChangeAddressInput', { description: 'A change of the address that you sign in with.' })
export class ChangeAddressInput {
  @Field(() => String, { description: 'The new e-mail address.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your current password. Leave it out if you have none; then you must have signed in within the last 15 minutes.',
  })
  currentPassword?: string | null;
}

@InputType('ConfirmAddressInput', { description: 'A link that was mailed to confirm a change of address.' })
export class ConfirmAddressInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;
}

interface AddressConfirmed {
  readonly isDone: boolean;
  readonly newEmail: string;
}
const EndSessionPayload = payloadType<object>('EndSession', {});
const EndOtherSessionsPayload = payloadType<object>('EndOtherSessions', {});
const UpdateAccountPayload = payloadType<{ user: UserAccount }>('UpdateAccount', {
  user: { type: () => UserType, description: 'The account after the change.' },
});
const ChangeAddressPayload = payloadType<object>('ChangeAddress', {});
const CancelAddressChangePayload = payloadType<object>('CancelAddressChange', {});
const ConfirmAddressPayload = payloadType<AddressConfirmed>('ConfirmAddress', {
  isDone: { type: () => Boolean, description: 'Whether the address is changed. False as long as the other address has not confirmed.' },
  newEmail: { type: () => String, description: 'The new address.', weight: { bytes: 40 } },
});

@Resolver(() => SessionType)
export class OwnSessionsResolver {
  constructor(private readonly own: OwnSessions) {}

  @Access('signed-in')
  @Weight({ items: 3 })
  @Query(() => [SessionType], {
    description: 'Lists where you are signed in with your account, the last used first, at most 100. Requires a session of an account.',
  })
  ownSessions(@Ctx() context: RequestContext): Promise<Session[]> {
    return this.own.list(context);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the session that asks.' })
  isCurrent(@Ctx() { actor }: RequestContext, @Root() session: Session): boolean {
    return session.id === currentOf(actor);
  }

  @Access('signed-in')
  @Mutation(() => EndSessionPayload, { description: 'Ends one of your sessions. Requires a session of an account.' })
  async endSession(
    @Ctx() context: RequestContext,
    @Arg('input', () => EndSessionInput) { id }: EndSessionInput,
  ): Promise<PayloadOf<object>> {
    await this.own.end(context, id);
    return succeed({});
  }

  @Access('signed-in')
  @Mutation(() => EndOtherSessionsPayload, {
    description: 'Ends all your sessions save for the one that asks. Requires a session of an account.',
  })
  async endOtherSessions(@Ctx() context: RequestContext): Promise<PayloadOf<object>> {
    await this.own.endOthers(context);
    return succeed({});
  }
}

@Resolver(() => ViewerType)
export class OwnAccountResolver {
  constructor(
    private readonly account: OwnAccount,
    private readonly addresses: AddressChangeService,
  ) {}

  @FieldResolver(() => Boolean, {
    description: 'Whether you have a password. False for tokens, license keys, and who signs in by mail alone.',
  })
  hasPassword(@Ctx() context: RequestContext): Promise<boolean> {
    return this.account.hasPassword(context);
  }

  @FieldResolver(() => AddressChangeType, {
    nullable: true,
    description: 'A change of your address that is not confirmed yet. Null if there is none.',
  })
  addressChange(@Ctx() context: RequestContext): Promise<PendingAddress | null> {
    return this.addresses.find(context);
  }

  @Access('signed-in')
  @Mutation(() => UpdateAccountPayload, { description: 'Changes your own name. Requires a session of an account.' })
  async updateAccount(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateAccountInput) { name }: UpdateAccountInput,
  ): Promise<PayloadOf<{ user: UserAccount }>> {
    return succeed({ user: await this.account.rename(context, name) });
  }

  @Access('signed-in')
  @Mutation(() => ChangeAddressPayload, {
    description:
      'Asks for a change of the address that you sign in with: it is done when both addresses have confirmed it. Requires a session of an account.',
  })
  async changeAddress(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChangeAddressInput) { email, currentPassword }: ChangeAddressInput,
  ): Promise<PayloadOf<object>> {
    await this.addresses.ask(context, { email, currentPassword: currentPassword ?? null });
    return succeed({});
  }

  @Access('signed-in')
  @Mutation(() => CancelAddressChangePayload, { description: 'Takes back a change of your address. Requires a session of an account.' })
  async cancelAddressChange(@Ctx() context: RequestContext): Promise<PayloadOf<object>> {
    await this.addresses.cancel(context);
    return succeed({});
  }

  @Access('public')
  @Mutation(() => ConfirmAddressPayload, { description: 'Confirms a change of address with the link that one of the two addresses got.' })
  async confirmAddress(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConfirmAddressInput) { token }: ConfirmAddressInput,
  ): Promise<PayloadOf<AddressConfirmed>> {
    return succeed(await this.addresses.confirm(context, token));
  }
}
