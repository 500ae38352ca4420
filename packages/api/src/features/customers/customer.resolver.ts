import DataLoader from 'dataloader';
import { customerKindOf, type CustomerKind } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { Access } from '../../kernel/access.js';
import { CustomerKindEnum } from '../../kernel/enums.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { CustomerList } from './customer-list.js';
import { Customer } from './customer.entity.js';
import { CreateCustomerInput, CustomerConnection, CustomerType, UpdateCustomerInput } from './customer.schema.js';
import type { CustomerService } from './customer.service.js';

interface CustomerResult {
  readonly customer: Customer;
}

const CUSTOMER = { customer: { type: () => CustomerType, description: 'The customer after the change.' } };
const CreateCustomerPayload = payloadType<CustomerResult>('CreateCustomer', CUSTOMER);
const UpdateCustomerPayload = payloadType<CustomerResult>('UpdateCustomer', CUSTOMER);

/** Customers by id, one statement per request. */
export const customerLoader = (database: Database): LoaderDefinition<string, Customer | null> => ({
  name: 'customerById',
  make: () =>
    new DataLoader(async (ids) => {
      const rows = await database.read.findBy(Customer, { id: In([...ids]) });
      const known = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => known.get(id) ?? null);
    }),
});

@Resolver(() => CustomerType)
export class CustomerResolver {
  constructor(
    private readonly customers: CustomerService,
    private readonly customerList: CustomerList,
  ) {}

  @FieldResolver(() => CustomerKindEnum, { description: 'Whether it is a company or a person.' })
  kind(@Root() customer: Customer): CustomerKind {
    return customerKindOf(customer);
  }

  @Access('license:read')
  @Query(() => CustomerType, { nullable: true, description: 'Finds a customer by its ID; null if there is none. Requires `license:read`.' })
  customer(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the customer.' }) id: string,
  ): Promise<Customer | null> {
    return this.customers.find(context, id);
  }

  @Access('license:read')
  @Query(() => CustomerConnection, { name: 'customers', description: 'Lists customers, newest first. Requires `license:read`.' })
  listCustomers(
    @Ctx() context: RequestContext,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Words, or the beginnings of words, to search for in the name, company and e-mail address.',
    })
    search: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<Customer>> {
    return this.customerList.list(context, search ?? null, page);
  }

  @Access('license:write')
  @Mutation(() => CreateCustomerPayload, { description: 'Creates a customer.' })
  async createCustomer(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateCustomerInput) input: CreateCustomerInput,
  ): Promise<PayloadOf<CustomerResult>> {
    return succeed({ customer: await this.customers.create(context, input) });
  }

  @Access('license:write')
  @Mutation(() => UpdateCustomerPayload, { description: 'Changes a customer.' })
  async updateCustomer(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateCustomerInput) input: UpdateCustomerInput,
  ): Promise<PayloadOf<CustomerResult>> {
    return succeed({ customer: await this.customers.update(context, input) });
  }
}
