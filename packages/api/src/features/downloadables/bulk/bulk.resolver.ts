import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { ChangeDownloadablesInput, DownloadableChange } from './bulk.schema.js';
import type { BulkService } from './bulk.service.js';

const ChangeDownloadablesPayload = payloadType<{ changes: DownloadableChange[] }>('ChangeDownloadables', {
  changes: {
    type: () => [DownloadableChange],
    description: 'The outcome for each downloadable, in the order of the input’s `ids`.',
    weight: { items: 100 },
  },
});

/** One mutation for many downloadables. */
@Resolver()
export class BulkResolver {
  constructor(private readonly bulk: BulkService) {}

  @Access('release:write')
  @Mutation(() => ChangeDownloadablesPayload, {
    description:
      'Publishes, unpublishes, archives, restores or deletes up to 100 downloadables, independently of each other. A dry run only reports what would happen.',
  })
  async changeDownloadables(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChangeDownloadablesInput) input: ChangeDownloadablesInput,
  ): Promise<PayloadOf<{ changes: DownloadableChange[] }>> {
    return succeed({ changes: await this.bulk.change(context, input) });
  }
}
