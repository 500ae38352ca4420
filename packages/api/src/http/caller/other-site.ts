import type { FastifyRequest } from 'fastify';
import { PublicFault } from '../../kernel/problem/faults.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser adds by itself, cookies and Basic credentials, is not taken from another site's page (PROMISES.md, row 14). */
export const otherSite = (): PublicFault =>
  new PublicFault('FORBIDDEN', 'A page of another site sent this request, so its sign-in does not count here: send it from a program.');

/**
 * Whether a browser sends a request for a page of another site. Programs send none of these headers. A link that is followed
 * counts as the visitor's own doing, as it does for session cookies (SameSite=Lax).
 * @param ownOrigin the one from which pages of ours are served
 */
export function isFromOtherSite({ headers, method }: Pick<FastifyRequest, 'headers' | 'method'>, ownOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  const isFollowedLink = SAFE_METHODS.has(method) && headers['sec-fetch-mode'] === 'navigate' && !isFramed(headers['sec-fetch-dest']);
  if (site !== undefined) return !isFollowedLink && site !== 'same-origin' && site !== 'none';
  if (SAFE_METHODS.has(method)) return false;
  const from = headers.origin ?? headers.referer;
  return from !== undefined && !isOwn(from, [new URL(ownOrigin).host, headers.host]);
}

/** A frame goes where the page around it sends it, without anybody's doing. Browsers that don't say are believed. */
const isFramed = (destination: string | string[] | undefined): boolean => destination !== undefined && destination !== 'document';

/** By host: browsers that send no `Sec-Fetch-Site` may know us by another address than the public one. */
const isOwn = (address: string, hosts: readonly (string | undefined)[]): boolean =>
  URL.canParse(address) && hosts.includes(new URL(address).host);
