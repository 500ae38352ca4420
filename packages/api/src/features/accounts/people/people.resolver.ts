import type { MemberRole } from '@slipway/shared';
import { Arg, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { MemberRoleEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { UserType } from '../user.schema.js';
import type { UserAccount } from '../user-account.entity.js';
import type { AccountRequestService } from './account-request.service.js';
import type { PeopleService } from './people.service.js';

@InputType('UpdatePersonInput', { description: 'A change of what a person is at their customer.' })
export class UpdatePersonInput {
  @Field(() => ID, { description: 'The ID of the person.' })
  id!: string;

  @Field(() => MemberRoleEnum, { description: 'What the person is from now on.' })
  memberRole!: MemberRole;
}

@InputType('RemovePersonInput', { description: 'The person to remove.' })
export class RemovePersonInput {
  @Field(() => ID, { description: 'The ID of the person; your own, to leave.' })
  id!: string;
}

@InputType('RequestAccountInput', { description: 'The account to ask for.' })
export class RequestAccountInput {
  @Field(() => String, { description: 'Your e-mail address, to which a link is mailed.' })
  email!: string;

  @Field(() => String, { description: 'Your name, up to 100 characters.' })
  name!: string;
}

interface PersonResult {
  readonly person: UserAccount;
}
const PERSON = { person: { type: () => UserType, description: 'The person after the change.' } };
const UpdatePersonPayload = payloadType<PersonResult>('UpdatePerson', PERSON);
const RemovePersonPayload = payloadType<PersonResult>('RemovePerson', PERSON);
const RequestAccountPayload = payloadType<{ isWaiting: boolean }>('RequestAccount', {
  isWaiting: { type: () => Boolean, description: 'Whether an owner of the customer, or the vendor, has to agree first.' },
});

@Resolver()
export class PeopleResolver {
  constructor(
    private readonly peopleService: PeopleService,
    private readonly requests: AccountRequestService,
  ) {}

  @Access('signed-in')
  @Weight({ items: 10 })
  @Query(() => [UserType], {
    description:
      'The people of a customer, ordered by e-mail address, at most 1,000; for staff also disabled ones, last. Requires `license:read`, or to be an owner of the customer.',
  })
  people(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'The ID of the customer. Defaults to your own.' })
    customerId: string | null,
  ): Promise<UserAccount[]> {
    return this.peopleService.list(context, customerId ?? null);
  }

  @Access('signed-in')
  @Mutation(() => UpdatePersonPayload, {
    description: 'Makes a person of a customer an owner or a member. Requires `license:write`, or to be an owner of the customer.',
  })
  async updatePerson(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdatePersonInput) { id, memberRole }: UpdatePersonInput,
  ): Promise<PayloadOf<PersonResult>> {
    return succeed({ person: await this.peopleService.changeRole(context, id, memberRole) });
  }

  @Access('signed-in')
  @Mutation(() => RemovePersonPayload, {
    description:
      'Ends the account of a person of a customer, and their sessions. Requires `license:write`, to be an owner of the customer, or to be the person.',
  })
  async removePerson(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemovePersonInput) { id }: RemovePersonInput,
  ): Promise<PayloadOf<PersonResult>> {
    return succeed({ person: await this.peopleService.remove(context, id) });
  }

  @Access('signed-in')
  @Mutation(() => RequestAccountPayload, {
    description:
      'Asks for an account of the customer whose license key you signed in with; a link is mailed to your address. Requires a license key.',
  })
  async requestAccount(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestAccountInput) input: RequestAccountInput,
  ): Promise<PayloadOf<{ isWaiting: boolean }>> {
    return succeed(await this.requests.ask(context, input));
  }
}
