import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mayUse, productScopeOf } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import type { Actor } from '../../kernel/actor.js';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import { groupBy } from '../../kernel/grouping.js';
import type { Customer } from '../customers/customer.entity.js';
import { CustomerType } from '../customers/customer.schema.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import { LicenseListArgs } from './license-filter.js';
import type { LicenseList } from './license-list.js';
import { listLicensesOf } from './license-rows.js';
import type { License } from './license.entity.js';
import {
  CreateLicenseInput,
  LicenseConnection,
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

const LICENSE = { license: { type: () => LicenseType, description: 'The license after the change.' } };
const CreateLicensePayload = payloadType<LicenseResult & { key: string | null }>('CreateLicense', {
  ...LICENSE,
  key: { type: () => String, description: 'The license key, shown only once. Null when the request is a repeat.' },
});
const RevealLicenseKeyPayload = payloadType<LicenseResult & { key: string }>('RevealLicenseKey', {
  ...LICENSE,
  key: { type: () => String, description: 'The key of the license.' },
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

/** What the vendor wrote down for itself is nobody else's. */
const seesDetails = (actor: Actor, { productId }: License): boolean => mayUse(actor, 'license:read', productId);

/** SQLite takes 500 parts of a UNION. */
const PARTS = { maxBatchSize: 100 };

/** The licenses of customers that the viewer may see, one statement per request and hundred. */
export const licensesByCustomer = (database: Database): LoaderDefinition<string, readonly License[]> => ({
  name: 'licensesByCustomer',
  make: ({ actor }) =>
    new DataLoader(async (customerIds) => {
      const productIds = productScopeOf(actor);
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

  @FieldResolver(() => CustomerType, { description: 'The customer that holds the license.' })
  customer(@Ctx() context: RequestContext, @Root() license: License): Promise<Customer | null> {
    return context.loader(this.loaders.customer).load(license.customerId);
  }

  @FieldResolver(() => ProductType, { description: 'The product that the license is for.' })
  product(@Ctx() context: RequestContext, @Root() license: License): Promise<Product | null> {
    return context.loader(this.loaders.product).load(license.productId);
  }

  @Weight({ bytes: 100 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The reason for the suspension or revocation. Null unless you have `license:read`.',
  })
  statusReason(@Ctx() { actor }: RequestContext, @Root() license: License): string | null {
    return seesDetails(actor, license) ? license.statusReason : null;
  }

  @Weight({ bytes: 200 })
  @FieldResolver(() => String, { nullable: true, description: 'Notes of the vendor. Null unless you have `license:read`.' })
  notes(@Ctx() { actor }: RequestContext, @Root() license: License): string | null {
    return seesDetails(actor, license) ? license.notes : null;
  }

  @Weight({ bytes: 20 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The vendor’s own reference, for example to an order. Null unless you have `license:read`.',
  })
  externalReference(@Ctx() { actor }: RequestContext, @Root() license: License): string | null {
    return seesDetails(actor, license) ? license.externalReference : null;
  }

  @Weight({ items: 2 })
  @FieldResolver(() => [String], { description: 'Tags of the vendor. Empty unless you have `license:read`.' })
  tags(@Ctx() { actor }: RequestContext, @Root() license: License): readonly string[] {
    return seesDetails(actor, license) ? license.tags : [];
  }

  @Access('license:read')
  @Query(() => LicenseType, {
    nullable: true,
    description: 'Finds a license by its ID; null if there is none or you may not see it. Requires `license:read`.',
  })
  license(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the license.' }) id: string,
  ): Promise<License | null> {
    return this.licenses.find(context.actor, id);
  }

  @Access('license:read')
  @Query(() => LicenseConnection, {
    name: 'licenses',
    description: 'Lists licenses, newest first or, with a filter by expiry, those that expire soonest first. Requires `license:read`.',
  })
  listLicenses(@Ctx() context: RequestContext, @Args(() => LicenseListArgs) args: LicenseListArgs): Promise<Connection<License>> {
    return this.licenseList.list(context, args);
  }

  @Access('signed-in')
  @Query(() => LicenseConnection, {
    name: 'ownLicenses',
    description: 'Lists your own licenses, newest first: those of your customer, or the one whose key you use. Empty for staff and tokens.',
  })
  listOwnLicenses(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<License>> {
    return this.licenseList.listOwn(context, page);
  }

  @Access('signed-in')
  @Mutation(() => RevealLicenseKeyPayload, { description: 'Reveals the key of a license to its owner or to staff. Every use is logged.' })
  async revealLicenseKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevealLicenseKeyInput) input: RevealLicenseKeyInput,
  ): Promise<PayloadOf<LicenseResult & { key: string }>> {
    return succeed(await this.licenses.reveal(context, input.id));
  }

  @Access('license:write')
  @Mutation(() => CreateLicensePayload, { description: 'Creates a license. Its key is shown only once.' })
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
  @Mutation(() => SuspendLicensePayload, { description: 'Suspends a license: it allows no downloads until it is reinstated.' })
  async suspendLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuspendLicenseInput) input: SuspendLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.change(context, input, 'suspend') });
  }

  @Access('license:write')
  @Mutation(() => ReinstateLicensePayload, { description: 'Reinstates a suspended license.' })
  async reinstateLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReinstateLicenseInput) input: ReinstateLicenseInput,
  ): Promise<PayloadOf<LicenseResult>> {
    return succeed({ license: await this.licenses.change(context, input, 'reinstate') });
  }

  @Access('license:write')
  @Mutation(() => RevokeLicensePayload, { description: 'Permanently revokes a license.' })
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
    description: 'Licenses of the customer, newest first, at most 1,000, leaving out revoked ones first. Requires `license:read`.',
    deprecationReason: 'It ends at 1,000. Use `licenses(customerId:)`, which has pages.',
  })
  licenses(@Ctx() context: RequestContext, @Root() customer: Customer): Promise<readonly License[]> {
    return context.loader(this.loaders.byCustomer).load(customer.id);
  }
}
