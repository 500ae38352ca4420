import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { Clock } from '../../../kernel/clock.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Connection } from '../../../kernel/pagination.js';
import { ForwardPageArgs } from '../../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { mayUse } from '../../../kernel/policy.js';
import { badInput } from '../../../kernel/problem/faults.js';
import type { Mail } from '../../../machinery/mail/mail.entity.js';
import { viewerOf, ViewerType, type ViewerData } from '../account.resolver.js';
import { linkStateOf, type LinkState } from '../links/link-state.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AcceptanceService, OpenedInvitation } from './acceptance.service.js';
import type { InvitationList } from './invitation-list.js';
import {
  AcceptInvitationInput,
  CustomerInvitationType,
  InvitationArgs,
  InvitationConnection,
  InvitationStateEnum,
  InvitationType,
  InviteCustomerInput,
  InvitePersonInput,
  InviteStaffInput,
  OpenedInvitationType,
  RequestInvitationInput,
  ResendInvitationInput,
  RevokeInvitationInput,
} from './invitation.schema.js';
import type { CustomerInvited, InvitationService } from './invitation.service.js';
import { customerIdOf } from './people.service.js';

interface InvitationResult {
  readonly invitation: OneTimeLink;
}

const INVITATION = { invitation: { type: () => InvitationType, description: 'The invitation after the change.' } };
const InviteCustomerPayload = payloadType<{ results: readonly CustomerInvited[] }>('InviteCustomer', {
  results: {
    type: () => [CustomerInvitationType],
    description: 'What became of each, in the order of their IDs.',
    weight: { items: 20 },
  },
});
const InvitePersonPayload = payloadType<InvitationResult>('InvitePerson', INVITATION);
const InviteStaffPayload = payloadType<InvitationResult>('InviteStaff', INVITATION);
const ResendInvitationPayload = payloadType<InvitationResult>('ResendInvitation', INVITATION);
const RevokeInvitationPayload = payloadType<InvitationResult>('RevokeInvitation', INVITATION);
const AcceptInvitationPayload = payloadType<{ viewer: ViewerData | null }>('AcceptInvitation', {
  viewer: { type: () => ViewerType, description: 'The caller, now signed in.' },
});
const RequestInvitationPayload = payloadType<object>('RequestInvitation', {});

export interface InvitationResolverUse {
  readonly invitations: InvitationService;
  readonly list: InvitationList;
  readonly mailById: LoaderDefinition<string, Mail | null>;
  readonly settings: SettingsService;
  readonly clock: Clock;
}

@Resolver(() => InvitationType)
export class InvitationResolver {
  constructor(private readonly use: InvitationResolverUse) {}

  @Access('signed-in')
  @Query(() => InvitationConnection, {
    description:
      'Lists invitations of a customer that nobody accepted yet, newest first. Requires `license:read`, or to be an owner of the customer.',
  })
  invitations(
    @Ctx() context: RequestContext,
    @Args(() => InvitationArgs) { customerId, ...page }: InvitationArgs,
  ): Promise<Connection<OneTimeLink>> {
    return this.use.list.ofCustomer(context, customerIdOf(context.actor, customerId ?? null), page);
  }

  @Access('user:write')
  @Query(() => InvitationConnection, { description: 'Lists invitations of your staff that nobody accepted yet, newest first.' })
  staffInvitations(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<OneTimeLink>> {
    return this.use.list.ofStaff(context, page);
  }

  @FieldResolver(() => InvitationStateEnum, { description: 'What has become of it.' })
  state(@Root() link: OneTimeLink): LinkState {
    return linkStateOf(link, this.use.clock.now());
  }

  @Weight({ bytes: 150 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why its mail did not arrive, in one sentence. Null if nothing is known to be wrong.',
  })
  async problem(@Ctx() context: RequestContext, @Root() link: OneTimeLink): Promise<string | null> {
    return (await this.#mailOf(context, link))?.problem ?? null;
  }

  @Weight({ bytes: 120 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The link, to hand it on by yourself, as long as no mail server has its mail. Null for others than staff who may invite.',
  })
  async url(@Ctx() context: RequestContext, @Root() link: OneTimeLink): Promise<string | null> {
    if (!mayUse(context.actor, link.customerId === null ? 'user:write' : 'license:write', null)) return null;
    const mail = await this.#mailOf(context, link);
    if (!mail || link.expiresAt <= this.use.clock.now()) return null;
    const waits = mail.state === 'QUEUED' && (await this.use.settings.read()).smtpHost === '';
    return waits || mail.state === 'HELD' || mail.state === 'FAILED' ? mail.link : null;
  }

  @Access('license:write')
  @Mutation(() => InviteCustomerPayload, { description: 'Invites customers, each at its own address, to an account as an owner.' })
  async inviteCustomer(
    @Ctx() context: RequestContext,
    @Arg('input', () => InviteCustomerInput) { customerIds }: InviteCustomerInput,
  ): Promise<PayloadOf<{ results: readonly CustomerInvited[] }>> {
    const { most } = LIMITS.bulkInvitations;
    if (customerIds.length > most) throw badInput(`Give at most ${most} ids at a time.`);
    return succeed({ results: await this.use.invitations.inviteCustomers(context, customerIds) });
  }

  @Access('signed-in')
  @Mutation(() => InvitePersonPayload, {
    description: 'Invites a person of a customer. Requires `license:write`, or to be an owner of the customer.',
  })
  async invitePerson(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitePersonInput) { customerId, email, name, memberRole }: InvitePersonInput,
  ): Promise<PayloadOf<InvitationResult>> {
    const id = customerIdOf(context.actor, customerId ?? null);
    return succeed({
      invitation: await this.use.invitations.invitePerson(context, id, { email, name, memberRole: memberRole ?? 'MEMBER' }),
    });
  }

  @Access('user:write')
  @Mutation(() => InviteStaffPayload, { description: 'Invites a person of your own staff.' })
  async inviteStaff(
    @Ctx() context: RequestContext,
    @Arg('input', () => InviteStaffInput) { productIds, ...input }: InviteStaffInput,
  ): Promise<PayloadOf<InvitationResult>> {
    return succeed({ invitation: await this.use.invitations.inviteStaff(context, { ...input, productIds: productIds ?? [] }) });
  }

  @Access('signed-in')
  @Mutation(() => ResendInvitationPayload, {
    description:
      'Sends an invitation again, with a new link; one that was asked for is approved by that. Requires `license:write`, or to be an owner of the customer; for staff, `user:write`.',
  })
  async resendInvitation(
    @Ctx() context: RequestContext,
    @Arg('input', () => ResendInvitationInput) { id }: ResendInvitationInput,
  ): Promise<PayloadOf<InvitationResult>> {
    return succeed({ invitation: await this.use.invitations.resend(context, id) });
  }

  @Access('signed-in')
  @Mutation(() => RevokeInvitationPayload, {
    description:
      'Revokes an invitation, or declines one that was asked for. Requires `license:write`, or to be an owner of the customer; for staff, `user:write`.',
  })
  async revokeInvitation(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeInvitationInput) { id }: RevokeInvitationInput,
  ): Promise<PayloadOf<InvitationResult>> {
    return succeed({ invitation: await this.use.invitations.revoke(context, id) });
  }

  async #mailOf(context: RequestContext, { mailId }: OneTimeLink): Promise<Mail | null> {
    return mailId === null ? null : context.loader(this.use.mailById).load(mailId);
  }
}

/** What whoever has the link of an invitation can do. */
@Resolver()
export class AcceptanceResolver {
  constructor(private readonly acceptance: AcceptanceService) {}

  @Access('public')
  @Query(() => OpenedInvitationType, { description: 'Shows an invitation to whoever has its link. Opening it changes nothing.' })
  openedInvitation(@Arg('token', () => String, { description: 'The last part of the link.' }) token: string): Promise<OpenedInvitation> {
    return this.acceptance.open(token);
  }

  @Access('public')
  @Mutation(() => AcceptInvitationPayload, { description: 'Accepts an invitation: makes the account, and signs in with it.' })
  async acceptInvitation(
    @Ctx() context: RequestContext,
    @Arg('input', () => AcceptInvitationInput) { token, name, password }: AcceptInvitationInput,
  ): Promise<PayloadOf<{ viewer: ViewerData | null }>> {
    return succeed({ viewer: viewerOf(await this.acceptance.accept(context, { token, name, password: password ?? null })) });
  }

  @Access('public')
  @Mutation(() => RequestInvitationPayload, {
    description: 'Mails an invitation that is too old once more, to the address that it went to before.',
  })
  async requestInvitation(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestInvitationInput) { token }: RequestInvitationInput,
  ): Promise<PayloadOf<object>> {
    await this.acceptance.ask(context, token);
    return succeed({});
  }
}
