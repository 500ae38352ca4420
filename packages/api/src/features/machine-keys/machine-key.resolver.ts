import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { License } from '../licenses/license.entity.js';
import { LicenseType } from '../licenses/license.schema.js';
import type { MachineKey } from './machine-key.entity.js';
import {
  CreateMachineKeyInput,
  MachineKeyArgs,
  MachineKeyConnection,
  MachineKeyType,
  RevokeMachineKeyInput,
} from './machine-key.schema.js';
import type { MachineKeyService } from './machine-key.service.js';

interface CreateResult {
  readonly machineKey: MachineKey;
  readonly key: string | null;
}

const MACHINE_KEY = { machineKey: { type: () => MachineKeyType, description: 'The machine key after the change.' } };
const CreateMachineKeyPayload = payloadType<CreateResult>('CreateMachineKey', {
  ...MACHINE_KEY,
  key: { type: () => String, description: 'The secret machine key, shown only once. Null when the request is a repeat.' },
});
const RevokeMachineKeyPayload = payloadType<{ machineKey: MachineKey }>('RevokeMachineKey', MACHINE_KEY);

@Resolver(() => MachineKeyType)
export class MachineKeyResolver {
  constructor(
    private readonly machineKeys: MachineKeyService,
    private readonly licenseById: LoaderDefinition<string, License | null>,
  ) {}

  @FieldResolver(() => LicenseType, {
    nullable: true,
    description: 'The one license that the machine key may use. Null if it may use all that the customer has.',
  })
  async license(@Ctx() context: RequestContext, @Root() { licenseId }: MachineKey): Promise<License | null> {
    return licenseId === null ? null : context.loader(this.licenseById).load(licenseId);
  }

  @Access('signed-in')
  @Query(() => MachineKeyConnection, {
    name: 'machineKeys',
    description:
      'Lists the machine keys of a customer, newest first, including revoked and expired ones. Requires `license:read`, or to be an owner of the customer.',
  })
  listMachineKeys(@Ctx() context: RequestContext, @Args(() => MachineKeyArgs) args: MachineKeyArgs): Promise<Connection<MachineKey>> {
    return this.machineKeys.list(context, args);
  }

  @Access('signed-in')
  @Mutation(() => CreateMachineKeyPayload, {
    description:
      'Creates a machine key, with which a server or updater of a customer downloads. It is shown only once. Requires `license:write`, or to be an owner of the customer.',
  })
  async createMachineKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateMachineKeyInput) input: CreateMachineKeyInput,
  ): Promise<PayloadOf<CreateResult>> {
    return succeed(await this.machineKeys.create(context, input));
  }

  @Access('signed-in')
  @Mutation(() => RevokeMachineKeyPayload, {
    description:
      'Revokes a machine key, which stops working at once; others go on. Requires `license:write`, or to be an owner of the customer.',
  })
  async revokeMachineKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeMachineKeyInput) { id }: RevokeMachineKeyInput,
  ): Promise<PayloadOf<{ machineKey: MachineKey }>> {
    return succeed({ machineKey: await this.machineKeys.revoke(context, id) });
  }
}
