import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { Customer } from '../customers/customer.entity.js';
import { CustomerType } from '../customers/customer.schema.js';
import type { EraseCustomerService } from './erase-customer.service.js';
import type { ExportCustomerService } from './export-customer.service.js';
import { CustomerExportType, EraseCustomerInput, ExportCustomerInput } from './privacy.schema.js';

interface EraseResult {
  readonly customer: Customer;
}

interface ExportResult {
  readonly export: CustomerExportType;
}

const EraseCustomerPayload = payloadType<EraseResult>('EraseCustomer', {
  customer: { type: () => CustomerType, description: 'The customer, of whom nothing is left but the ID and the counts.' },
});
const ExportCustomerPayload = payloadType<ExportResult>('ExportCustomer', {
  export: { type: () => CustomerExportType, description: 'Where to fetch the file.' },
});

@Resolver()
export class PrivacyResolver {
  constructor(
    private readonly erasing: EraseCustomerService,
    private readonly exporting: ExportCustomerService,
    private readonly publicUrl: string,
  ) {}

  @Access('user:write')
  @Mutation(() => EraseCustomerPayload, {
    description:
      'Erases a customer for good: licenses and sign-ins end, and names, e-mail addresses and IP addresses are removed everywhere; counts stay. Requires `user:write` and `license:write`.',
  })
  async eraseCustomer(
    @Ctx() context: RequestContext,
    @Arg('input', () => EraseCustomerInput) input: EraseCustomerInput,
  ): Promise<PayloadOf<EraseResult>> {
    return succeed({ customer: await this.erasing.erase(context, input) });
  }

  @Access('user:write')
  @Mutation(() => ExportCustomerPayload, {
    description: 'Exports everything that is held about a customer as one JSON file. Requires `user:write`, `license:read` and `log:read`.',
  })
  async exportCustomer(
    @Ctx() context: RequestContext,
    @Arg('input', () => ExportCustomerInput) input: ExportCustomerInput,
  ): Promise<PayloadOf<ExportResult>> {
    const { path, ...file } = await this.exporting.ask(context, input.id);
    return succeed({ export: { ...file, url: `${this.publicUrl}${path}` } });
  }
}
