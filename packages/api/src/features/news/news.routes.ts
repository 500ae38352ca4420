import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { sendTagged, tagOf } from '../../kernel/entity-tag.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { badInput } from '../../kernel/problem/faults.js';
import { sendProblem } from '../../kernel/problem/problem-reply.js';
import { feedMessages as words } from '../../messages/announcements.js';
import type { SettingsService } from '../settings/settings.service.js';
import { atomFeed } from './atom.js';
import type { FeedChoice, FeedReleases } from './feed-releases.js';
import type { NewsFeeds } from './news-feeds.js';
import type { NotificationService } from './notification.service.js';

interface GetFeed {
  readonly Params: { readonly token: string };
  readonly Querystring: { readonly only?: string; readonly product?: string };
}

interface Unsubscribe {
  readonly Params: { readonly token: string };
}

export interface NewsRoutes {
  readonly notifications: NotificationService;
  readonly newsFeeds: NewsFeeds;
  readonly feedReleases: FeedReleases;
  readonly settings: SettingsService;
  readonly publicUrl: string;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

const ONLY: Readonly<Record<string, FeedChoice['only']>> = { all: 'ALL', stable: 'STABLE', security: 'SECURITY' };
const NO_FEED = {
  status: 404,
  code: 'NOT_FOUND',
  message: words.none,
} as const;
const NO_LINK = { status: 404, code: 'NOT_FOUND', message: words.linkIncomplete } as const;
/** What a mail program sends with its click; it says nothing that the address does not. */
const CLICK_MAX_BYTES = 1_024;

/** `GET /feeds/news/:token`: a person's Atom feed. `POST /unsubscribe/:token`: the one click of mail programs (RFC 8058). */
export async function registerNewsRoutes(app: FastifyInstance, use: NewsRoutes): Promise<void> {
  const config = { access: 'public', params: { token: LIMITS.pathPart.most }, query: { only: 20, product: LIMITS.pathPart.most } } as const;
  app.get<GetFeed>('/feeds/news/:token', { config }, async (request, reply) => {
    const context = await use.newsFeeds.open(use.contextOf(request), request.params.token);
    if (!context) return sendProblem(conceal(reply), NO_FEED);
    const body = await feedOf(use, context, { token: request.params.token, ...choiceOf(request.query) });
    void conceal(reply).header('Cache-Control', 'private, no-cache').type('application/atom+xml; charset=utf-8');
    return sendTagged(request, reply, { tag: tagOf(body), body });
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: CLICK_MAX_BYTES }, (_request, _body, done) => done(null, null));
    const click = { access: 'public', params: { token: LIMITS.pathPart.most } } as const;
    scope.post<Unsubscribe>('/unsubscribe/:token', { config: click }, async (request, reply) => {
      const isDone = await use.notifications.unsubscribe(request.params.token);
      return isDone ? conceal(reply).type('text/plain; charset=utf-8').send(words.unsubscribed) : sendProblem(conceal(reply), NO_LINK);
    });
  });
}

/** The address is the secret: it is neither indexed nor passed on to others. */
const conceal = (reply: FastifyReply): FastifyReply =>
  reply.header('Referrer-Policy', 'no-referrer').header('X-Robots-Tag', 'noindex, nofollow');

function choiceOf({ only = 'all', product }: GetFeed['Querystring']): FeedChoice {
  const chosen = Object.hasOwn(ONLY, only) ? ONLY[only] : undefined;
  if (chosen === undefined) throw badInput(words.only);
  return { only: chosen, product: product ?? null };
}

async function feedOf(
  use: NewsRoutes,
  context: RequestContext,
  { token, ...choice }: FeedChoice & { readonly token: string },
): Promise<string> {
  const [{ vendorName }, entries] = await Promise.all([use.settings.read(), use.feedReleases.entries(context, choice)]);
  const self = `${use.publicUrl}/feeds/news/${token}`;
  const [first] = entries;
  const times = entries.map(({ updated }) => updated.getTime());
  return atomFeed({
    id: `urn:sha256:${createHash('sha256').update(self).digest('hex')}`,
    title: words.title(vendorName),
    author: vendorName,
    link: `${use.publicUrl}/portal/downloads`,
    self,
    updated: first ? new Date(Math.max(...times)) : new Date(0),
    entries,
  });
}
