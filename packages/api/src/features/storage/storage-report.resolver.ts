import { Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { mayUse } from '../../kernel/policy.js';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import type { StoreStanding } from '../../storage/ownership/store-guard.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import type { MissingFileList } from './missing-file-list.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { SystemConcern, SystemConcerns } from './system-concerns.js';
import { MissingFileConnection, StorageReportType, SystemConcernType, type MissingFile } from './storage-report.schema.js';

/** Without ids, buckets and hosts: those are for the operator, who finds them in the log and by the command. */
const PROBLEMS: Readonly<Record<StoreStanding, string | null>> = {
  OURS: null,
  UNASKED:
    'The file store has not answered since the start, so nothing is uploaded or deleted: check the store, which is asked again every 10 seconds.',
  STRANGE:
    'The file store and this database do not belong together any more, so nothing is deleted from it: run "slipway doctor" on the server.',
};

@Resolver(() => StorageReportType)
export class StorageReportResolver {
  constructor(
    private readonly stores: FileStores,
    private readonly missing: MissingFileList,
    private readonly concerns: SystemConcerns,
  ) {}

  @Access('release:read')
  @Weight({ items: 2, work: 5 })
  @Query(() => [SystemConcernType], {
    description: 'What of the running system needs attention. Empty if all is well. Requires `release:read` for all products.',
  })
  systemConcerns(@Ctx() context: RequestContext): Promise<readonly SystemConcern[]> {
    return this.concerns.list(context);
  }

  @Access('release:read')
  @Query(() => StorageReportType, { description: 'Reports problems with the file store. Requires `release:read` for all products.' })
  async storageReport(@Ctx() context: RequestContext): Promise<StorageReportType> {
    // The store belongs to no product: a token for one product does not see it.
    if (!mayUse(context.actor, 'release:read', null)) throw forbidden('release:read');
    const used = await this.stores.inUse();
    const ill = used.find(({ guard }) => guard.standing !== 'OURS');
    return { problem: PROBLEMS[ill?.guard.standing ?? 'OURS'] };
  }

  @FieldResolver(() => MissingFileConnection, {
    description: 'Files that are missing from the store, oldest first. They leave the list once they are back.',
  })
  missingFiles(@Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<MissingFile>> {
    return this.missing.list(page);
  }
}
