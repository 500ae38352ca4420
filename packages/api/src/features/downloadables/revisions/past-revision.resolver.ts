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
  downloadable: { type: () => DownloadableType, description: 'The downloadable as it is now.' },
  keptFileNames: {
    type: () => [String],
    description: 'Files whose bytes stay in the store, because another revision or release has the same ones; asked again, as it was then.',
    weight: { items: 2 },
  },
});

/** The mutations about revisions that are not live any more, or should not be. */
@Resolver()
export class PastRevisionResolver {
  constructor(private readonly past: PastRevisions) {}

  @Access('release:publish')
  @Mutation(() => WithdrawRevisionPayload, {
    description:
      'Offers the files of a past revision no more: their links name the live one. Withdrawing again changes reason and severity.',
  })
  async withdrawRevision(
    @Ctx() context: RequestContext,
    @Arg('input', () => WithdrawRevisionInput) input: WithdrawRevisionInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.past.withdraw(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => PurgeRevisionPayload, { description: 'Deletes the files of a past revision for good; its changelog stays as history.' })
  async purgeRevision(
    @Ctx() context: RequestContext,
    @Arg('input', () => PurgeRevisionInput) input: PurgeRevisionInput,
  ): Promise<PayloadOf<PurgeResult>> {
    return succeed(await this.past.purge(context, input));
  }

  @Access('release:publish')
  @Mutation(() => UndoPublishPayload, {
    description: 'Takes the publish of a next revision back: the one before is live again, and its content is the open draft.',
  })
  async undoPublish(
    @Ctx() context: RequestContext,
    @Arg('input', () => UndoPublishInput) input: UndoPublishInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.past.undoPublish(context, input) });
  }
}
