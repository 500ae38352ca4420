import type { MemberRole, Role } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { MemberRoleEnum, RoleEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { connectionType, ForwardPageArgs } from '../../../kernel/pagination.js';
import { UserErrorType } from '../../../kernel/payload.js';
import type { UserErrorData } from '../../../kernel/problem/refusal.js';
import { DateTime } from '../../../kernel/scalars.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import { LINK_STATES, type LinkState } from '../links/link-state.js';

export const InvitationStateEnum = Object.fromEntries(LINK_STATES.map((state) => [state, state])) as Record<LinkState, LinkState>; // the keys are exactly the values
registerEnumType(InvitationStateEnum, {
  name: 'InvitationState',
  description: 'What has become of an invitation.',
  valuesConfig: {
    OPEN: { description: 'It can be accepted.' },
    REQUESTED: { description: 'Somebody with a license key asked for it, and nobody agreed yet.' },
    USED: { description: 'It was accepted.' },
    EXPIRED: { description: 'It is more than seven days old.' },
    WITHDRAWN: { description: 'It was revoked or replaced, or its customer is gone.' },
    UNKNOWN: { description: 'There is none.' },
  },
});

@ObjectType('Invitation', { description: 'An invitation to an account, mailed to one address, that works for seven days.' })
@Access('public')
export class InvitationType {
  @Field(() => ID, { description: 'The ID of the invitation, a ULID.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The ID of the customer. Null if it is for your own staff.' })
  customerId!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { name: 'email', description: 'The address that it was mailed to.' })
  address!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The name of the person, which they can change.' })
  name!: string;

  @Field(() => RoleEnum, { nullable: true, description: 'The role that the account will have.' })
  role!: Role | null;

  @Field(() => MemberRoleEnum, { nullable: true, description: 'What the person will be at the customer. Null for staff.' })
  memberRole!: MemberRole | null;

  @Field(() => DateTime, { description: 'When the person was first invited, or asked for it.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'Until when it can be accepted.' })
  expiresAt!: Date;
}

export const InvitationConnection = connectionType('Invitation', () => InvitationType);

@ArgsType()
export class InvitationArgs extends ForwardPageArgs {
  @Field(() => ID, { nullable: true, description: 'The ID of the customer. Defaults to your own, of which you must be an owner.' })
  customerId?: string | null;
}

@ObjectType('OpenedInvitation', { description: 'What an invitation shows to whoever has its link.' })
@Access('public')
export class OpenedInvitationType {
  @Field(() => InvitationStateEnum, { description: 'What has become of it. All else is null unless it is `OPEN`.' })
  state!: LinkState;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'The address that it was mailed to, with which the person will sign in.' })
  email!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'The name that whoever invited them entered.' })
  name!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'The customer. Null if it is for the vendor’s staff.' })
  customerName!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'Who of the customer invited them. Null if it was the vendor.' })
  inviterName!: string | null;

  @Field(() => Boolean, { description: 'Whether it is for the vendor’s staff, who need a password.' })
  isForStaff!: boolean;

  @Field(() => Boolean, { description: 'Whether the address has an account already: then they sign in with that.' })
  hasAccount!: boolean;
}

@ObjectType('CustomerInvitation', { description: 'What became of the invitation of one customer.' })
@Access('public')
export class CustomerInvitationType {
  @Field(() => ID, { description: 'The ID of the customer.' })
  customerId!: string;

  @Field(() => InvitationType, { nullable: true, description: 'The invitation. Null if there is none.' })
  invitation!: OneTimeLink | null;

  @Weight({ bytes: 150 })
  @Field(() => UserErrorType, { nullable: true, description: 'Why there is none. Null if there is one.' })
  error!: UserErrorData | null;
}

@InputType('InviteCustomerInput', { description: 'The customers to invite.' })
export class InviteCustomerInput {
  @Field(() => [ID], { description: 'The IDs of the customers, at most 100. Each is invited at its own address, as an owner.' })
  customerIds!: string[];
}

@InputType('InvitePersonInput', { description: 'A person of a customer to invite.' })
export class InvitePersonInput {
  @Field(() => ID, { nullable: true, description: 'The ID of the customer. Defaults to your own.' })
  customerId?: string | null;

  @Field(() => String, { description: 'The e-mail address of the person.' })
  email!: string;

  @Field(() => String, { description: 'The name of the person, up to 100 characters, which they can change.' })
  name!: string;

  @Field(() => MemberRoleEnum, { nullable: true, description: 'What the person will be there. Defaults to `MEMBER`.' })
  memberRole?: MemberRole | null;
}

@InputType('InviteStaffInput', { description: 'A person of your own staff to invite.' })
export class InviteStaffInput {
  @Field(() => String, { description: 'The e-mail address of the person.' })
  email!: string;

  @Field(() => String, { description: 'The name of the person, up to 100 characters, which they can change.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'The role of the person. It may not exceed your own permissions.' })
  role!: Role;

  @Field(() => [ID], {
    nullable: true,
    description:
      'The IDs of the products to limit the person to, at most 100. Only for the roles `PUBLISHER` and `SUPPORT`. Defaults to all products.',
  })
  productIds?: string[] | null;
}

@InputType('ResendInvitationInput', { description: 'The invitation to send again.' })
export class ResendInvitationInput {
  @Field(() => ID, { description: 'The ID of the invitation.' })
  id!: string;
}

@InputType('RevokeInvitationInput', { description: 'The invitation to revoke.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: 'The ID of the invitation.' })
  id!: string;
}

@InputType('AcceptInvitationInput', { description: 'An invitation to accept.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;

  @Field(() => String, { description: 'Your name, up to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Your password. Leave it out to sign in by mail alone.' })
  password?: string | null;
}

@InputType('RequestInvitationInput', { description: 'An invitation that is too old.' })
export class RequestInvitationInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;
}
