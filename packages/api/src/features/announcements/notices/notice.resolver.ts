import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { ForwardPageArgs, type Connection } from '../../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import {
  AcknowledgeRecallInput,
  MarkNoticesReadInput,
  NoticeConnection,
  RecallNoticeType,
  UnreadNotices,
  type NoticeType,
} from './notice.schema.js';
import type { NoticeService } from './notice.service.js';

interface MarkedRead {
  readonly unreadNotices: UnreadNotices;
}
const MarkNoticesReadPayload = payloadType<MarkedRead>('MarkNoticesRead', {
  unreadNotices: { type: () => UnreadNotices, description: 'Those that are unread still.' },
});
const AcknowledgeRecallPayload = payloadType<{ recall: RecallNoticeType }>('AcknowledgeRecall', {
  recall: { type: () => RecallNoticeType, description: 'The recall after the change.' },
});

@Resolver()
export class NoticeResolver {
  constructor(private readonly service: NoticeService) {}

  @Access('signed-in')
  @Weight({ work: 50 })
  @Query(() => NoticeConnection, {
    description:
      'Lists what you were told of releases, newest first. The holder of a license key sees what went to the customer’s address.',
  })
  notices(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<NoticeType>> {
    return this.service.list(context, page);
  }

  @Access('signed-in')
  @Query(() => UnreadNotices, { description: 'Counts the notices that you have not read.' })
  async unreadNotices(@Ctx() context: RequestContext): Promise<UnreadNotices> {
    return { count: await this.service.countUnread(context) };
  }

  @Access('public')
  @Query(() => RecallNoticeType, {
    nullable: true,
    description: 'Finds the recall that the link in a mail is about, without signing in. Null if the link is not one of ours.',
  })
  recallNotice(
    @Arg('token', () => String, { description: 'The part of the link after `/recall/`.' }) token: string,
  ): Promise<RecallNoticeType | null> {
    return this.service.findRecall(token);
  }

  @Access('signed-in')
  @Mutation(() => MarkNoticesReadPayload, { description: 'Marks notices as read.' })
  async markNoticesRead(
    @Ctx() context: RequestContext,
    @Arg('input', () => MarkNoticesReadInput) input: MarkNoticesReadInput,
  ): Promise<PayloadOf<MarkedRead>> {
    await this.service.markRead(context, input.ids ?? null);
    return succeed({ unreadNotices: { count: await this.service.countUnread(context) } });
  }

  @Access('public')
  @Mutation(() => AcknowledgeRecallPayload, {
    description: 'Confirms that a recalled release was replaced: by its person, or by the link in the mail.',
  })
  async acknowledgeRecall(
    @Ctx() context: RequestContext,
    @Arg('input', () => AcknowledgeRecallInput) input: AcknowledgeRecallInput,
  ): Promise<PayloadOf<{ recall: RecallNoticeType }>> {
    return succeed({ recall: await this.service.acknowledge(context, input) });
  }
}
