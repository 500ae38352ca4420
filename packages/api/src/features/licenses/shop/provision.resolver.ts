import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { LicenseType } from '../license.schema.js';
import { ProvisionLicenseInput } from './provision.schema.js';
import type { Provisioned, ProvisionService } from './provision.service.js';

const ProvisionLicensePayload = payloadType<Provisioned>('ProvisionLicense', {
  license: { type: () => LicenseType, description: 'The license, made or brought up to date.' },
  key: { type: () => String, description: 'The license key, shown only once. Null unless this request created the license.' },
  isCreated: { type: () => Boolean, description: 'Whether this request created the license.' },
});

@Resolver()
export class ProvisionResolver {
  constructor(private readonly provisioning: ProvisionService) {}

  @Access('license:write')
  @Mutation(() => ProvisionLicensePayload, {
    description:
      'Creates a license and, if needed, its customer, or applies the given terms to the one with the same product and external reference. Safe to repeat.',
  })
  async provisionLicense(
    @Ctx() context: RequestContext,
    @Arg('input', () => ProvisionLicenseInput) input: ProvisionLicenseInput,
  ): Promise<PayloadOf<Provisioned>> {
    return succeed(await this.provisioning.provision(context, input));
  }
}
