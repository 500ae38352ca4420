import type { FastifyRequest } from 'fastify';
import type { SessionService } from '../../features/accounts/session.service.js';
import type { KeyHolders } from '../../features/machine-keys/key-holders.js';
import type { TokenService } from '../../features/tokens/token.service.js';
import { ANONYMOUS, type Actor } from '../../kernel/actor.js';
import { unauthenticated } from '../../kernel/problem/faults.js';
import { asMachineKey } from '../../kernel/secret/machine-key.js';
import { asPasted, looksLikeToken } from '../../kernel/secret/secrets.js';
import { credentialOf } from './credentials.js';
import { countedAddressOf } from './forwarded-for.js';
import { isFromOtherSite, otherSite } from './other-site.js';

export interface Authenticators {
  readonly sessions: SessionService;
  readonly tokens: TokenService;
  readonly keyHolders: KeyHolders;
}

/** What authentication needs to know of the place it happens in. */
export interface AuthenticationSettings {
  readonly cookieName: string;
  /** The one from which pages of ours are served. */
  readonly origin: string;
}

const MACHINE_KEY_AS_TOKEN =
  'This is a machine key, not an API token: send it as "Authorization: License <key>", or as the password of Basic.';

/**
 * Who sends a request: the credential it shows, else the session of its cookie.
 * @throws PublicFault UNAUTHENTICATED for a token that is unknown, revoked, expired or sent as a key; RATE_LIMITED for a key from an address
 * that guessed too often; FORBIDDEN for what a browser added by itself to the request
 * of another site
 */
export async function authenticate(request: FastifyRequest, use: Authenticators, settings: AuthenticationSettings): Promise<Actor> {
  const credential = credentialOf(request);
  switch (credential.kind) {
    case 'TOKEN':
      return authenticateToken(use, credential.secret);
    case 'LICENSE_KEY':
      return authenticateKey(use, countedAddressOf(request), credential.secret);
    case 'BASIC':
      if (isFromOtherSite(request, settings.origin)) throw otherSite();
      if (looksLikeToken(credential.secret)) return authenticateToken(use, credential.secret);
      return authenticateKey(use, countedAddressOf(request), credential.secret);
    case 'NONE': {
      const cookie = request.cookies[settings.cookieName];
      if (cookie === undefined || cookie === '') return ANONYMOUS;
      // GraphQL takes no request that a form could send (csrfPrevention).
      if (request.routeOptions.url !== '/graphql' && isFromOtherSite(request, settings.origin)) {
        // What only reads is answered as to a stranger, who may have it, too; an image of another page is no attack.
        if (request.method === 'GET' || request.method === 'HEAD') return ANONYMOUS;
        throw otherSite();
      }
      return use.sessions.authenticate(cookie);
    }
  }
}

async function authenticateToken({ tokens }: Authenticators, token: string): Promise<Actor> {
  if (asMachineKey(token) !== null) throw unauthenticated(MACHINE_KEY_AS_TOKEN);
  const actor = await tokens.authenticate(asPasted(token));
  if (!actor) throw unauthenticated('This API token is unknown, revoked or expired: create a new one in the console.');
  return actor;
}

async function authenticateKey({ keyHolders }: Authenticators, address: string | null, key: string): Promise<Actor> {
  return (await keyHolders.find(key, address)) ?? { kind: 'UNKNOWN_LICENSE_KEY' };
}
