import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { downloadablePayload, type DownloadableResult } from '../downloadable.payload.js';
import { DownloadableType } from '../downloadable.type.js';
import { PurgeRevisionInput, UndoPublishInput, WithdrawRevisionInput } from './past-revision.inputs.js';
import type { PastRevisions, PurgeResult } from './past-revisions.js';

const WithdrawRevisionPayload = downloadablePayload('WithdrawRevision');
const UndoPublishPayload = downloadablePayload('UndoPublish');
const PurgeRevisionPayload = payloadType<PurgeResult>('PurgeRevision', {
  downloadable: { type: () => DownloadableType, description: 'The downloadable after the change.' },
  keptFileNames: {
    type: () => [String],
    description:
      'Names of files whose content stays in the store because another revision or release uses it. A repeat returns the same names.',
    weight: { items: 2 },
  },
});

/** The mutations about revisions that are not live any more, or should not be. */
@Resolver()
export class PastRevisionResolver {
  constructor(private readonly past: PastRevisions) {}

  @Access('release:publish')
  @Mutation(() => WithdrawRevisionPayload, {
    description: 'Withdraws a past revision, so that its files are no longer offered. Repeat it to change the reason or severity.',
  })
  async withdrawRevision(
    @Ctx() context: RequestContext,
    @Arg('input', () => WithdrawRevisionInput) input: WithdrawRevisionInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.past.withdraw(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => PurgeRevisionPayload, { description: 'Permanently deletes the files of a past revision. Its changelog is kept.' })
  async purgeRevision(
    @Ctx() context: RequestContext,
    @Arg('input', () => PurgeRevisionInput) input: PurgeRevisionInput,
  ): Promise<PayloadOf<PurgeResult>> {
    return succeed(await this.past.purge(context, input));
  }

  @Access('release:publish')
  @Mutation(() => UndoPublishPayload, {
    description: 'Undoes the publishing of a revision. The previous one is live again, and the undone content becomes the open draft.',
  })
  async undoPublish(
    @Ctx() context: RequestContext,
    @Arg('input', () => UndoPublishInput) input: UndoPublishInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.past.undoPublish(context, input) });
  }
}
