import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { succeed, type PayloadOf } from '../../../kernel/payload.js';
import { downloadablePayload, type DownloadableResult } from '../downloadable.payload.js';
import { CreateDownloadableInput, UpdateDownloadableInput } from './downloadable.inputs.js';
import type { DownloadableService } from './downloadable.service.js';

const CreateDownloadablePayload = downloadablePayload('CreateDownloadable');
const UpdateDownloadablePayload = downloadablePayload('UpdateDownloadable');

@Resolver()
export class DownloadableEditingResolver {
  constructor(private readonly downloadables: DownloadableService) {}

  @Access('release:write')
  @Mutation(() => CreateDownloadablePayload, { description: 'Creates a downloadable as a draft.' })
  async createDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDownloadableInput) input: CreateDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.downloadables.create(context, input) });
  }

  @Access('release:write')
  @Mutation(() => UpdateDownloadablePayload, { description: 'Changes the draft of a downloadable.' })
  async updateDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateDownloadableInput) input: UpdateDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.downloadables.update(context, input) });
  }
}
