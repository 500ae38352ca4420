import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { sendTagged } from '../../kernel/entity-tag.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { PortalState } from './portal-state.js';
import { sitemapXml } from './public-head.js';
import type { PublicPages } from './public-pages.js';

interface GetState {
  readonly Querystring: { readonly productId?: string; readonly releaseId?: string };
}

export interface PortalRoutes {
  readonly portalState: PortalState;
  readonly publicPages: PublicPages;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

/**
 * `GET /api/v1/portal/state?productId=&releaseId=`: what an open page asks again and again, with the entity tag that it had. As long as
 * nothing of what it shows has changed for this caller the answer is 304, without a body. 404 for a product that is not for them.
 */
export function registerPortalRoutes(app: FastifyInstance, use: PortalRoutes): void {
  const id = LIMITS.pathPart.most;
  const config = { access: 'public', query: { productId: id, releaseId: id } } as const;
  app.get<GetState>('/api/v1/portal/state', { config }, async (request, reply) => {
    const { productId = null, releaseId = null } = request.query;
    const state = await use.portalState.of(use.contextOf(request), { productId, releaseId });
    void reply.header('Cache-Control', 'private, no-cache').header('Vary', 'Cookie, Authorization');
    return sendTagged(request, reply, { tag: state, body: { state } });
  });
  // Search engines look for it here; robots.txt needs not name it.
  app.get('/sitemap.xml', { config: { access: 'public' } }, async (_request, reply) =>
    reply
      .type('application/xml; charset=utf-8')
      .header('Cache-Control', 'public, max-age=3600')
      .send(sitemapXml(await use.publicPages.addresses())),
  );
}
