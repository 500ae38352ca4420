import type { FastifyRequest } from 'fastify';
import type { CarriedCredential } from '../../kernel/context.js';
import { unauthenticated } from '../../kernel/problem/faults.js';

/** What a request shows to say who sends it. */
export type Credential =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'TOKEN'; readonly secret: string }
  | { readonly kind: 'LICENSE_KEY'; readonly secret: string }
  /** A password of HTTP's own: a token or a license key. Browsers send it by themselves, whoever's page asks. */
  | { readonly kind: 'BASIC'; readonly secret: string };

type Shown = Pick<FastifyRequest, 'headers' | 'query'> & { readonly routeOptions: { readonly url?: string | undefined } };

/** Routes where a license key may be part of the address; no log shows it. */
const KEY_IN_ADDRESS = /^\/(?:d|download)\//;
/** Routes where it may be sent in a header that programs don't lose, or mistake, on a redirect. */
const KEY_IN_HEADER = /^\/(?:d|download|feeds|api\/v1\/updates)\//;

const SCHEMES =
  'This Authorization scheme is not known here: use Basic with the key or token as the password, "Bearer <token>" or "License <key>".';
const EMPTY = 'The Authorization header names no secret: send the license key or API token after the scheme, or as the password of Basic.';

/**
 * The credential of a request: the Authorization header first, then `X-License-Key` and `?key=` where they are taken.
 * @throws PublicFault UNAUTHENTICATED for a header that cannot be understood
 */
export function credentialOf(request: Shown): Credential {
  const { authorization } = request.headers;
  if (authorization !== undefined && authorization.trim() !== '') return fromAuthorization(asSent(authorization).trim());
  const url = request.routeOptions.url ?? '';
  const header = request.headers['x-license-key'];
  if (KEY_IN_HEADER.test(url) && typeof header === 'string' && header.trim() !== '') return { kind: 'LICENSE_KEY', secret: asSent(header) };
  const { key } = request.query as { key?: unknown };
  if (KEY_IN_ADDRESS.test(url) && typeof key === 'string' && key !== '') return { kind: 'LICENSE_KEY', secret: key };
  return { kind: 'NONE' };
}

/** A header as its sender wrote it: Node reads one byte a character, programs send UTF-8. */
function asSent(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? header : text;
}

/** Everything after the scheme is the secret: a key may be typed with spaces. */
function fromAuthorization(header: string): Credential {
  const [, scheme = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(header) ?? [];
  const kind = KINDS.get(scheme.toLowerCase());
  if (kind === undefined) throw unauthenticated(SCHEMES);
  const secret = kind === 'BASIC' ? passwordOf(rest) : rest;
  if (secret.trim() === '') throw unauthenticated(EMPTY);
  return { kind, secret };
}

const KINDS: ReadonlyMap<string, 'TOKEN' | 'LICENSE_KEY' | 'BASIC'> = new Map([
  ['bearer', 'TOKEN'],
  ['license', 'LICENSE_KEY'],
  ['basic', 'BASIC'],
]);

/** What follows the first colon of `user:password` in base64 (RFC 7617); any user name will do. */
function passwordOf(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? '' : text.slice(colon + 1);
}

/**
 * Programs that show `Authorization` to wherever they are redirected: a header that they were given, Basic included, or a
 * password to every host that asks for one. Others of theirs wait to be asked and show it to one host alone, which cannot be seen
 * from here (`tools/clients.sh`).
 */
const CARRIERS = /^(?:wget|aria2|python-urllib|github cli)\b/i;

/** Whether, and how, the program would show the credential of this request to the next host, too. */
export function carriedCredential({ headers }: Pick<FastifyRequest, 'headers'>): CarriedCredential {
  const { authorization, 'x-license-key': key, 'user-agent': agent = '' } = headers;
  if (authorization === undefined && key === undefined) return 'NOT_CARRIED';
  if (CARRIERS.test(agent)) return 'ALWAYS';
  // All programs show every other header.
  return key === undefined ? 'NOT_CARRIED' : 'UNLESS_BASIC';
}
