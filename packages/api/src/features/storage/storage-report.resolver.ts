import { Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { mayUse } from '../../kernel/policy.js';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import { storeProblem } from './concern-texts.js';
import type { MissingFileList } from './missing-file-list.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { SystemConcern, SystemConcerns } from './system-concerns.js';
import { MissingFileConnection, StorageReportType, SystemConcernType, type MissingFile } from './storage-report.schema.js';

@Resolver(() => StorageReportType)
export class StorageReportResolver {
  constructor(
    private readonly stores: FileStores,
    private readonly missing: MissingFileList,
    private readonly concerns: SystemConcerns,
  ) {}

  @Access('release:read')
  @Weight({ items: 3, work: 8 })
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
    return { problem: storeProblem(used.map(({ guard }) => guard.standing)) };
  }

  @FieldResolver(() => MissingFileConnection, {
    description: 'Files that are missing from the store, oldest first. They leave the list once they are back.',
  })
  missingFiles(@Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<MissingFile>> {
    return this.missing.list(page);
  }
}
