import { realmOf } from '@slipway/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Routes that download programs and package managers ask; many send a password only when they were asked for one. */
const PROGRAMS = /^\/(?:d|download|api|feeds)\//;
/** What browsers send and programs don't. */
const BROWSER_HEADERS = ['cookie', 'origin', 'referer', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'] as const;

/**
 * Says with every 401 how to sign in (RFC 9110, section 15.5.2). Browsers are never asked for Basic: they would show a dialog of
 * their own, and send what is typed there with every request of every page.
 * @param nameOf the vendor's name, which programs show when they ask for the password
 */
export function challengeUnauthorized(app: FastifyInstance, nameOf: () => Promise<string>): void {
  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 401) return;
    const scheme = isProgram(request) ? 'Basic' : 'Bearer';
    reply.header('WWW-Authenticate', `${scheme} realm="${realmOf(await nameOf())}"`);
  });
}

function isProgram({ headers, routeOptions }: FastifyRequest): boolean {
  return PROGRAMS.test(routeOptions.url ?? '') && !BROWSER_HEADERS.some((name) => headers[name] !== undefined);
}
