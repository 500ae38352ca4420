import type { FastifyRequest } from 'fastify';
import type { SessionService } from '../features/accounts/session.service.js';
import type { LicenseService } from '../features/licenses/license.service.js';
import type { TokenService } from '../features/tokens/token.service.js';
import { ANONYMOUS, type Actor } from '../kernel/actor.js';
import { unauthenticated } from '../kernel/faults.js';

export interface Authenticators {
  readonly sessions: SessionService;
  readonly tokens: TokenService;
  readonly licenses: LicenseService;
}

/** Only permalinks take a license key in the URL; no log shows it. */
const PERMALINK = /^\/d\//;

/**
 * Who sends a request: the Authorization header first, then `?key=` on permalinks, then the session cookie.
 * @throws PublicFault UNAUTHENTICATED for a token that is unknown, revoked or expired; RATE_LIMITED for a key from an address
 * that guessed too often
 */
export async function authenticate(request: FastifyRequest, use: Authenticators, cookieName: string): Promise<Actor> {
  const [scheme = '', secret = ''] = (request.headers.authorization ?? '').split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return authenticateToken(use, secret);
  if (/^license$/i.test(scheme)) return authenticateKey(use, request.ip, secret);
  if (scheme !== '') throw unauthenticated('This Authorization scheme is not known here. Use "Bearer <token>" or "License <key>".');
  const { key } = request.query as { key?: unknown };
  if (PERMALINK.test(request.routeOptions.url ?? '') && typeof key === 'string' && key !== '') return authenticateKey(use, request.ip, key);
  const cookie = request.cookies[cookieName];
  return cookie ? use.sessions.authenticate(cookie) : ANONYMOUS;
}

async function authenticateToken({ tokens }: Authenticators, token: string): Promise<Actor> {
  const actor = await tokens.authenticate(token);
  if (!actor) throw unauthenticated('This API token is unknown, revoked or expired. Create a new one in the console.');
  return actor;
}

async function authenticateKey({ licenses, sessions }: Authenticators, address: string, key: string): Promise<Actor> {
  const license = await licenses.findByKey(key, address);
  return license ? sessions.actorOfLicense(license) : { kind: 'UNKNOWN_LICENSE_KEY' };
}
