import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const ONE_YEAR_SECONDS = 31_536_000;

export interface HeaderOptions {
  readonly isHttps: boolean;
  /** Where browsers PUT parts and GET files at present, when that is not here: scheme, host and port each. */
  readonly storeOrigins: () => readonly string[];
}

/** What search engines have no business with: the console, signing in, and files that are for somebody. */
const NOT_FOR_SEARCH = /^\/(?:admin|login|graphql|api|d|s|download|store|feeds)(?:\/|\?|$)/;

/** Security headers on every reply: a strict CSP without `unsafe-*`, no framing, no sniffing (PROMISES.md, row 15). */
export async function registerHeaders(app: FastifyInstance, { isHttps, storeOrigins }: HeaderOptions): Promise<void> {
  const self = ["'self'"];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: [...self, 'data:'],
        fontSrc: self,
        connectSrc: [() => [...self, ...storeOrigins()].join(' ')],
        formAction: self,
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        manifestSrc: self,
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (NOT_FOR_SEARCH.test(request.url)) void reply.header('X-Robots-Tag', 'noindex, nofollow');
  });
}
