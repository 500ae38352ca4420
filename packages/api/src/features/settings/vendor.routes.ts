import type { FastifyInstance } from 'fastify';
import { sendTagged, tagOf } from '../../kernel/entity-tag.js';
import { sendProblem } from '../../kernel/problem/problem-reply.js';
import type { SettingsService } from './settings.service.js';
import type { VendorLogos } from './vendor-logos.js';
import { vendorStyle } from './vendor-style.js';

interface GetLogo {
  readonly Params: { readonly digest: string };
}

/** What a SHA-256 has in hex, in characters. */
const PARAMS = { digest: 64 };
/** An image that is opened by itself is a picture and nothing more. */
const IMAGE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
const NO_LOGO = { status: 404, code: 'NOT_FOUND', message: 'There is no such logo: ask `vendor` for the present one.' } as const;

export interface VendorRoutes {
  readonly settings: SettingsService;
  readonly logos: VendorLogos;
}

/** `GET /vendor/logo/:digest` and `GET /vendor/style.css`: what the portal shows before anybody signs in. */
export function registerVendorRoutes(app: FastifyInstance, { settings, logos }: VendorRoutes): void {
  app.get<GetLogo>('/vendor/logo/:digest', { config: { access: 'public', params: PARAMS } }, async (request, reply) => {
    const logo = await logos.find(request.params.digest);
    if (!logo) return sendProblem(reply, NO_LOGO);
    void reply.header('Content-Security-Policy', IMAGE_POLICY).header('Cache-Control', 'public, max-age=31536000, immutable');
    return sendTagged(request, reply.type(logo.mediaType), { tag: logo.digest, body: logo.bytes });
  });

  app.get('/vendor/style.css', { config: { access: 'public' } }, async (request, reply) => {
    const now = await settings.read();
    const body = vendorStyle(now, await logos.find(now.logo));
    return sendTagged(request, reply.header('Cache-Control', 'no-cache').type('text/css; charset=utf-8'), { tag: tagOf(body), body });
  });
}
