import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { seesLicense } from '../../../kernel/policy.js';
import type { License } from '../license.entity.js';
import { LicenseType } from '../license.schema.js';
import type { LicenseTask, LicenseTaskItem } from './license-task.entity.js';
import {
  ChangeLicensesInput,
  LicenseTaskFailureConnection,
  LicenseTaskFailureType,
  LicenseTaskType,
  StopLicenseTaskInput,
} from './license-task.schema.js';
import type { LicenseTasks } from './license-tasks.js';

interface TaskResult {
  readonly task: LicenseTask;
}

const TASK = { task: { type: () => LicenseTaskType, description: 'The task, as far as it is.' } };
const ChangeLicensesPayload = payloadType<TaskResult>('ChangeLicenses', TASK);
const StopLicenseTaskPayload = payloadType<TaskResult>('StopLicenseTask', TASK);

@Resolver(() => LicenseTaskType)
export class LicenseTaskResolver {
  constructor(private readonly tasks: LicenseTasks) {}

  @FieldResolver(() => LicenseTaskFailureConnection, { description: 'The licenses that could not be changed, and why.' })
  failures(@Root() task: LicenseTask, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<LicenseTaskItem>> {
    return this.tasks.failures(task, page);
  }

  @Access('license:read')
  @Query(() => LicenseTaskType, {
    nullable: true,
    description: 'Finds a change of many licenses by its ID; null if there is none or you may not see it. Kept for 30 days after its end.',
  })
  licenseTask(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the task.' }) id: string,
  ): Promise<LicenseTask | null> {
    return this.tasks.find(context, id);
  }

  @Access('license:write')
  @Mutation(() => ChangeLicensesPayload, {
    description:
      'Suspends, reinstates, revokes, extends or tags many licenses in the background, each on its own. Ask `licenseTask` how far it is.',
  })
  async changeLicenses(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChangeLicensesInput) input: ChangeLicensesInput,
  ): Promise<PayloadOf<TaskResult>> {
    return succeed({ task: await this.tasks.create(context, input) });
  }

  @Access('license:write')
  @Mutation(() => StopLicenseTaskPayload, { description: 'Stops a change of many licenses. What is done stays done.' })
  async stopLicenseTask(
    @Ctx() context: RequestContext,
    @Arg('input', () => StopLicenseTaskInput) input: StopLicenseTaskInput,
  ): Promise<PayloadOf<TaskResult>> {
    return succeed({ task: await this.tasks.stop(context, input.id) });
  }
}

/** Whoever sees the task may not see each of its licenses: those of other products are named by their IDs alone. */
@Resolver(() => LicenseTaskFailureType)
export class LicenseTaskFailureResolver {
  constructor(private readonly licenseById: LoaderDefinition<string, License | null>) {}

  @FieldResolver(() => LicenseType, { nullable: true, description: 'The license. Null if it no longer exists or you may not see it.' })
  async license(@Ctx() context: RequestContext, @Root() { licenseId }: LicenseTaskItem): Promise<License | null> {
    const license = await context.loader(this.licenseById).load(licenseId);
    return license && seesLicense(context.actor, license) ? license : null;
  }
}
