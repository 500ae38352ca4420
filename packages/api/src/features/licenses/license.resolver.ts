import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '../../database/database.js';
import { Access } from '../../kernel/access.js';
import { mayUse } from '../../kernel/actor.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import { groupBy } from '../../kernel/grouping.js';
import type { Customer } from '../customers/customer.entity.js';
import { CustomerType } from '../customers/customer.schema.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import type { LicenseList } from './license-list.js';
import { listLicensesOf } from './license-rows.js';
import type { License } from './license.entity.js';
import {
  CreateLicenseInput,
  LicenseConnection,
  LicenseListArgs,
  LicenseType,
  ReinstateLicenseInput,
  RevealLicenseKeyInput,
  RevokeLicenseInput,
  SuspendLicenseInput,
  UpdateLicenseInput,
} from './license.schema.js';
import type { LicenseService } from './license.service.js';

interface LicenseResult {
  readonly license: License;
}

const LICENSE = { license: { type: () => LicenseType, description: 'The license as it is now.' } };
const CreateLicensePayload = payloadType<LicenseResult & { key: string | null }>('CreateLicense', {
  ...LICENSE,
  key: { type: () => String, description: 'The license key, shown once; null when the request was a repetition.' },
});
const RevealLicenseKeyPayload = payloadType<LicenseResult & { key: string }>('RevealLicenseKey', {
  ...LICENSE,
  key: { type: () => String, description: 'The license key.' },
});
const UpdateLicensePayload = payloadType<LicenseResult>('UpdateLicense', LICENSE);
const SuspendLicensePayload = payloadType<LicenseResult>('SuspendLicense', LICENSE);
const ReinstateLicensePayload = payloadType<LicenseResult>('ReinstateLicense', LICENSE);
const RevokeLicensePayload = payloadType<LicenseResult>('RevokeLicense', LICENSE);

/** What the license's fields need from the features below it. */
export interface LicenseLoaders {
  readonly customer: LoaderDefinition<string, Customer | null>;
  readonly product: LoaderDefinition<string, Product | null>;
  readonly byCustomer: LoaderDefinition<string, readonly License[]>;
}

/** SQLite takes 500 parts of a UNION. */
const PARTS = { maxBatchSize: 100 };

/** The licenses of customers that the viewer may see, one statement per request and hundred. */
export const licensesByCustomer = (database: Database): LoaderDefinition<string, readonly License[]> => ({
  name: 'licensesByCustomer',
  make: ({ actor }) =>
    new DataLoader(async (customerIds) => {
      const productIds = actor.kind === 'TOKEN' && actor.productId !== null ? [actor.productId] : null;
      return customerIds.map(groupBy(await listLicensesOf(database, { customerIds, productIds }), (row) => row.customerId));
    }, PARTS),
});

@Resolver(() => LicenseType)
export class LicenseResolver {
  constructor(
    private readonly licenses: LicenseService,
    private readonly licenseList: LicenseList,
    private readonly loaders: LicenseLoaders,
  ) {}

  @FieldResolver(() => CustomerType, { description: 'Whose license it is.' })
  customer(@Ctx() context: RequestContext, @Root() license: License): Promise<Customer | null> {
    return context.loader(this.loaders.customer).load(license.customerId);
  }

  @FieldResolver(() => ProductType, { description: 'The product it is for.' })
  product(@Ctx() context: RequestContext, @Root() license: License): Promise<Product | null> {
    return context.loader(this.loaders.product).load(license.productId);
  }

  @Weight({ bytes: 100 })
  @FieldResolver(() => String, { nullable: true, description: 'Why it was suspended or revoked; only staff see it.' })
  statusReason(@Ctx() { actor }: RequestContext, @Root() license: License): string | null {
    return mayUse(actor, 'license:read', license.productId) ? license.statusReason : null;
  }

  @Access('license:read')
  @Query(() => LicenseType, { nullable: true, description: 'One license; null when there is none for you.' })
  license(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'ULID.' }) id: string): Promise<License | null> {
    return this.licenses.find(context.actor, id);
  }

  @Access('license:read')
  @Query(() => LicenseConnection, {
    name: 'licenses',
    description: 'Licenses, newest first; with a time of expiry, the first to end first.',
  })
  listLicenses(@Ctx() context: RequestContext, @Args(() => LicenseListArgs) args: LicenseListArgs): Promise<Connection<License>> {
    return this.licenseList.list(context, args);
  }

  @Access('signed-in')
  @Mutation(() => RevealLicenseKeyPayload, { description: 'Shows the key of a license to its owner or to staff; every look is logged.' })
  async revealLicenseKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevealLicenseKeyInput) input: RevealLicenseKeyInput,
  ): Promise<PayloadOf<LicenseResult & { key: string }>> {
    return succeed(await this.licenses.reveal(context, input.id));
  }

  @Access('license:write')
  @Mutation(() => CreateLicensePayload, { description: 'Creates a license and shows its key once.' })
  async createLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateLicenseInput) input: CreateLicenseInput,
  ): Promise<PayloadOf<LicenseResult & { key: string | null }>> {
    return succeed(await this.licenses.create(context, input));
  }

  @Access('license:write')
  @Mutation(() => UpdateLicensePayload, { description: 'Changes what a license covers.' })
  async updateLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateLicenseInput) input: UpdateLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.update(context, input) });
  }

  @Access('license:write')
  @Mutation(() => SuspendLicensePayload, { description: 'Stops all downloads with a license until it is reinstated.' })
  async suspendLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuspendLicenseInput) input: SuspendLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.change(context, input, 'suspend') });
  }

  @Access('license:write')
  @Mutation(() => ReinstateLicensePayload, { description: 'Puts a suspended license in force again.' })
  async reinstateLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReinstateLicenseInput) input: ReinstateLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.change(context, input, 'reinstate') });
  }

  @Access('license:write')
  @Mutation(() => RevokeLicensePayload, { description: 'Ends a license for good.' })
  async revokeLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeLicenseInput) input: RevokeLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.change(context, input, 'revoke') });
  }
}

/** The licenses feature adds its field to the customer's type. */
@Resolver(() => CustomerType)
export class CustomerLicensesResolver {
  constructor(private readonly loaders: LicenseLoaders) {}

  @Access('license:read')
  @Weight({ items: 5 })
  @FieldResolver(() => [LicenseType], {
    description: 'Their licenses, newest first, at most 1,000, those that are not revoked before others.',
  })
  licenses(@Ctx() context: RequestContext, @Root() customer: Customer): Promise<readonly License[]> {
    return context.loader(this.loaders.byCustomer).load(customer.id);
  }
}
