import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from '../kernel/problem-reply.js';

/** Addresses that belong to programs: an unknown one is an error, not a page. */
const NOT_A_PAGE = /^\/(?:graphql|api|d|s|store|feeds|assets|healthz|readyz|metrics)(?:\/|$|\?)/;
/** Vite puts a hash of its content into the name of every file there. */
const HASHED = /^assets\//;

/** Sends the web app's page with the status that the reply has; null when no web app was built. */
export function pageSender(folder: string): ((reply: FastifyReply) => FastifyReply) | null {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return null;
  const page = readFileSync(file);
  return (reply) => reply.type('text/html; charset=utf-8').send(page);
}

/** Serves the built web app: hashed files for ever, the page itself afresh, and the page for every route of the app. */
export async function registerWebRoutes(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true });
  app.get<{ Params: { '*': string } }>('/*', { config: { access: 'public' } }, async (request, reply) => {
    const path = request.params['*'];
    if (HASHED.test(path) && files.has(path)) return sendHashed(reply, path);
    if (NOT_A_PAGE.test(request.url))
      return sendProblem(reply, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address. Check the URL.' });
    return reply.header('Cache-Control', 'no-cache').sendFile(path !== '' && files.has(path) ? path : 'index.html');
  });
}

/** The build keeps each file in brotli and gzip as well; the client's Accept-Encoding chooses. */
function sendHashed(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('Cache-Control', 'public, max-age=31536000, immutable').header('Vary', 'Accept-Encoding').sendFile(path);
}
