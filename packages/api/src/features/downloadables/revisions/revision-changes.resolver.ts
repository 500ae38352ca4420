import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { succeed, type PayloadOf } from '../../../kernel/payload.js';
import { downloadablePayload, type DownloadableResult } from '../downloadable.payload.js';
import { CopyDownloadableInput, DiscardRevisionInput, ReviseDownloadableInput } from './revision.inputs.js';
import type { RevisionService } from './revision.service.js';

const ReviseDownloadablePayload = downloadablePayload('ReviseDownloadable');
const DiscardRevisionPayload = downloadablePayload('DiscardRevision');
const CopyDownloadablePayload = downloadablePayload('CopyDownloadable');

/** The mutations that open, drop and copy revisions. */
@Resolver()
export class RevisionChangesResolver {
  constructor(private readonly revisions: RevisionService) {}

  @Access('release:write')
  @Mutation(() => ReviseDownloadablePayload, {
    description:
      'Opens the next revision of a published downloadable as a draft, or returns the open one. The live revision stays available.',
  })
  async reviseDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReviseDownloadableInput) input: ReviseDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.revisions.revise(context, input.id) });
  }

  @Access('release:write')
  @Mutation(() => DiscardRevisionPayload, { description: 'Discards the open draft revision. The live one stays as it is.' })
  async discardRevision(
    @Ctx() context: RequestContext,
    @Arg('input', () => DiscardRevisionInput) input: DiscardRevisionInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.revisions.discard(context, input.id) });
  }

  @Access('release:write')
  @Mutation(() => CopyDownloadablePayload, {
    description: 'Creates a draft of another version with the same content and files.',
  })
  async copyDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => CopyDownloadableInput) input: CopyDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.revisions.copy(context, input) });
  }
}
