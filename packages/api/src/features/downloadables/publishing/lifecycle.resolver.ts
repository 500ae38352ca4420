import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { downloadablePayload, type DownloadableResult } from '../downloadable.payload.js';
import {
  ArchiveDownloadableInput,
  CancelScheduleInput,
  DeleteDownloadableInput,
  PublishDownloadableInput,
  RestoreDownloadableInput,
  UnpublishDownloadableInput,
  WithdrawDownloadableInput,
} from './lifecycle.inputs.js';
import type { LifecycleService } from './lifecycle.service.js';
import type { PublishingService } from './publishing.service.js';

const PublishDownloadablePayload = downloadablePayload('PublishDownloadable');
const CancelSchedulePayload = downloadablePayload('CancelSchedule');
const UnpublishDownloadablePayload = downloadablePayload('UnpublishDownloadable');
const ArchiveDownloadablePayload = downloadablePayload('ArchiveDownloadable');
const RestoreDownloadablePayload = downloadablePayload('RestoreDownloadable');
const WithdrawDownloadablePayload = downloadablePayload('WithdrawDownloadable');
const DeleteDownloadablePayload = payloadType<{ deletedId: string }>('DeleteDownloadable', {
  deletedId: { type: () => ID, description: 'The ID of the deleted downloadable.' },
});

/** The mutations that change a downloadable's status. */
@Resolver()
export class LifecycleResolver {
  constructor(
    private readonly publishing: PublishingService,
    private readonly lifecycle: LifecycleService,
  ) {}

  @Access('release:publish')
  @Mutation(() => PublishDownloadablePayload, {
    description: 'Publishes and freezes a draft or the next revision: at `publishAt`, or else once its last file is verified.',
  })
  async publishDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishDownloadableInput) { publishAt, ...call }: PublishDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    const downloadable = publishAt ? this.publishing.schedule(context, call, publishAt) : this.publishing.publish(context, call);
    return succeed({ downloadable: await downloadable });
  }

  @Access('release:publish')
  @Mutation(() => CancelSchedulePayload, { description: 'Turns a scheduled downloadable back into a draft.' })
  async cancelSchedule(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelScheduleInput) input: CancelScheduleInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.publishing.cancelSchedule(context, input.id) });
  }

  @Access('release:publish')
  @Mutation(() => UnpublishDownloadablePayload, { description: 'Unpublishes a downloadable, which hides it from customers.' })
  async unpublishDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => UnpublishDownloadableInput) input: UnpublishDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.lifecycle.unpublish(context, input.id) });
  }

  @Access('release:publish')
  @Mutation(() => ArchiveDownloadablePayload, {
    description:
      'Archives a downloadable: removes it from default lists and from the latest releases. Entitled customers can still find it.',
  })
  async archiveDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => ArchiveDownloadableInput) input: ArchiveDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.lifecycle.archive(context, input.id) });
  }

  @Access('release:publish')
  @Mutation(() => RestoreDownloadablePayload, { description: 'Restores an archived downloadable.' })
  async restoreDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => RestoreDownloadableInput) input: RestoreDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.lifecycle.restore(context, input.id) });
  }

  @Access('release:publish')
  @Mutation(() => WithdrawDownloadablePayload, { description: 'Withdraws a bad release, immediately and permanently.' })
  async withdrawDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => WithdrawDownloadableInput) input: WithdrawDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.lifecycle.withdraw(context, input.id, input) });
  }

  @Access('release:write')
  @Mutation(() => DeleteDownloadablePayload, { description: 'Permanently deletes a downloadable and its files.' })
  async deleteDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeleteDownloadableInput) input: DeleteDownloadableInput,
  ): Promise<PayloadOf<{ deletedId: string }>> {
    await this.lifecycle.delete(context, input.id, input.confirmVersion);
    return succeed({ deletedId: input.id });
  }
}
