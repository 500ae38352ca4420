import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const ONE_YEAR_SECONDS = 31_536_000;

export interface HeaderOptions {
  readonly isHttps: boolean;
  /** Where browsers PUT parts and GET files, when that is not here: scheme, host and port. */
  readonly storeOrigin: string | null;
}

/** Security headers on every reply: a strict CSP without `unsafe-*`, no framing, no sniffing (PROMISES.md, row 15). */
export async function registerHeaders(app: FastifyInstance, { isHttps, storeOrigin }: HeaderOptions): Promise<void> {
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
        connectSrc: storeOrigin ? [...self, storeOrigin] : self,
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
}
