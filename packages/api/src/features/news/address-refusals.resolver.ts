import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Database } from '../../database/database.js';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { Refused, RefusedAddresses } from '../../machinery/mail/refused-addresses.js';
import type { UserAccount } from '../accounts/user-account.entity.js';
import { UserType } from '../accounts/user.schema.js';
import type { Customer } from '../customers/customer.entity.js';
import { CustomerType } from '../customers/customer.schema.js';
import type { NotificationService } from './notification.service.js';
import { AddressRefusalType, ClearAddressRefusalInput } from './notification.schema.js';

interface ClearedResult {
  readonly address: string;
}
const ClearAddressRefusalPayload = payloadType<ClearedResult>('ClearAddressRefusal', {
  address: { type: () => String, description: 'The address that takes mail again.', weight: { bytes: 40 } },
});

/** What is known of addresses, by the address. */
export const refusalsByAddress = (database: Database, refused: RefusedAddresses): LoaderDefinition<string, Refused | null> => ({
  name: 'refusalByAddress',
  make: () =>
    new DataLoader(async (addresses) => {
      const found = await refused.refused(database, addresses);
      return addresses.map((address) => found.get(address) ?? null);
    }),
});

@Resolver(() => CustomerType)
export class CustomerRefusalResolver {
  constructor(private readonly loader: LoaderDefinition<string, Refused | null>) {}

  @Access('license:read')
  @Weight({ bytes: 60 })
  @FieldResolver(() => AddressRefusalType, {
    nullable: true,
    description: 'That a mail server refused the address for good. Null if nothing is known of that. Requires `license:read`.',
  })
  addressRefusal(@Ctx() context: RequestContext, @Root() { email }: Customer): Promise<Refused | null> {
    return context.loader(this.loader).load(email);
  }
}

@Resolver(() => UserType)
export class UserRefusalResolver {
  constructor(
    private readonly loader: LoaderDefinition<string, Refused | null>,
    private readonly notifications: NotificationService,
  ) {}

  @Access('license:read')
  @Weight({ bytes: 60 })
  @FieldResolver(() => AddressRefusalType, {
    nullable: true,
    description: 'That a mail server refused the address for good. Null if nothing is known of that. Requires `license:read`.',
  })
  addressRefusal(@Ctx() context: RequestContext, @Root() { email }: UserAccount): Promise<Refused | null> {
    return context.loader(this.loader).load(email);
  }

  @Access('license:write')
  @Mutation(() => ClearAddressRefusalPayload, {
    description: 'Says that an address takes mail again, so that mail about releases goes there. Requires `license:write`.',
  })
  async clearAddressRefusal(
    @Ctx() context: RequestContext,
    @Arg('input', () => ClearAddressRefusalInput) input: ClearAddressRefusalInput,
  ): Promise<PayloadOf<ClearedResult>> {
    return succeed({ address: await this.notifications.clearRefusal(context, input) });
  }
}
