import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { NewsFeeds } from './news-feeds.js';
import { NotificationChoicesType, UpdateNotificationChoicesInput } from './notification.schema.js';
import type { NotificationService } from './notification.service.js';

interface ChoicesResult {
  readonly notificationChoices: NotificationChoicesType;
}
const FIELDS = { notificationChoices: { type: () => NotificationChoicesType, description: 'The choices as they are now.' } };
const UpdateNotificationChoicesPayload = payloadType<ChoicesResult>('UpdateNotificationChoices', FIELDS);
const CreateNewsFeedPayload = payloadType<ChoicesResult & { url: string }>('CreateNewsFeed', {
  ...FIELDS,
  url: { type: () => String, description: 'The address of the feed, for a feed reader. It is shown once.', weight: { bytes: 120 } },
});
const DeleteNewsFeedPayload = payloadType<ChoicesResult>('DeleteNewsFeed', FIELDS);

/** What people want to hear of new releases, and their feeds. */
@Resolver()
export class NotificationResolver {
  constructor(
    private readonly notifications: NotificationService,
    private readonly feeds: NewsFeeds,
  ) {}

  @Access('public')
  @Query(() => NotificationChoicesType, {
    nullable: true,
    description: 'What you want to hear of new releases by mail. Null without the session of a person or a `token` of a link in a mail.',
  })
  notificationChoices(
    @Ctx() context: RequestContext,
    @Arg('token', () => String, { nullable: true, description: 'The last part of the unsubscribe link of a mail.' }) token?: string | null,
  ): Promise<NotificationChoicesType | null> {
    return this.notifications.find(context, token ?? null);
  }

  @Access('public')
  @Mutation(() => UpdateNotificationChoicesPayload, {
    description: 'Changes what you want to hear of new releases by mail. Requires a person’s session or the `token` of a link in a mail.',
  })
  async updateNotificationChoices(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateNotificationChoicesInput) input: UpdateNotificationChoicesInput,
  ): Promise<PayloadOf<ChoicesResult>> {
    return succeed({ notificationChoices: await this.notifications.update(context, input) });
  }

  @Access('signed-in')
  @Mutation(() => CreateNewsFeedPayload, {
    description: 'Makes an Atom feed of the releases that you may download; one that you had ends. Requires a person’s session.',
  })
  async createNewsFeed(@Ctx() context: RequestContext): Promise<PayloadOf<ChoicesResult & { url: string }>> {
    const url = await this.feeds.create(context);
    return succeed({ url, notificationChoices: await this.#own(context) });
  }

  @Access('signed-in')
  @Mutation(() => DeleteNewsFeedPayload, { description: 'Ends your Atom feed: its address stops working. Requires a person’s session.' })
  async deleteNewsFeed(@Ctx() context: RequestContext): Promise<PayloadOf<ChoicesResult>> {
    await this.feeds.end(context);
    return succeed({ notificationChoices: await this.#own(context) });
  }

  async #own(context: RequestContext): Promise<NotificationChoicesType> {
    const choices = await this.notifications.find(context, null);
    if (!choices) throw new Error('Whoever made the feed has no choices.');
    return choices;
  }
}
