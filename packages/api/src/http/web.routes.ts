import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isPagePath } from '@slipway/shared';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { compressReply } from './compress-reply.js';
import { sendProblem } from '../kernel/problem/problem-reply.js';

/** Addresses that belong to programs: an unknown one is an error, not a page. */
const NOT_A_PAGE = /^\/(?:graphql|api|d|s|store|feeds|assets|healthz|readyz|metrics|vendor)(?:\/|$|\?)/;
const NOTHING_HERE = { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address: check the URL.' } as const;
/** Vite puts a hash of its content into the name of every file there. */
const HASHED = /^assets\//;

/** Sends the web app's page with the status that the reply has; null when no web app was built. */
export function pageSender(folder: string): ((reply: FastifyReply) => FastifyReply) | null {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return null;
  const page = readFileSync(file);
  return (reply) => reply.type('text/html; charset=utf-8').send(page);
}

/** What of the app's pages is for search engines: how a page's file gets what they are told; null: it is not for them. */
export type PublicPageWriter = (path: string) => Promise<((html: string) => string) | null>;
const NO_PUBLIC_PAGES: PublicPageWriter = async () => null;

/**
 * Serves the built web app: hashed files for ever, the page itself afresh, and the page for every route of the app. Only public pages may be
 * found by search engines.
 */
export async function registerWebRoutes(app: FastifyInstance, folder: string, writePublic = NO_PUBLIC_PAGES): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = new Set(entries.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/')));
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true });
  app.get<{ Params: { '*': string } }>('/*', { config: { access: 'public' }, onSend: compressPage }, async (request, reply) => {
    const path = request.params['*'];
    if (HASHED.test(path) && files.has(path)) return sendHashed(reply, path);
    if (NOT_A_PAGE.test(request.url)) return sendProblem(reply, NOTHING_HERE);
    const file = pageFileNames(path).find((name) => files.has(name));
    if (file === undefined && !isPagePath(`/${path}`)) {
      if (!wantsPage(request)) return sendProblem(reply, NOTHING_HERE);
      void reply.code(404);
    }
    void reply.header('Cache-Control', 'no-cache').header('Vary', 'Accept-Encoding');
    const page = file ?? 'index.html';
    if (!page.endsWith('.html')) return reply.sendFile(page);
    const write = await writePublic(`/${path}`);
    if (write) return reply.type('text/html; charset=utf-8').send(write(await readFile(join(folder, page), 'utf8')));
    return reply.header('X-Robots-Tag', 'noindex, nofollow').sendFile(page);
  });
}

/** Of what is sent here only public pages are texts; files have their own ways. */
const compressPage = (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> =>
  typeof payload === 'string' ? compressReply(request, reply, payload) : Promise.resolve(payload);

/** A browser that goes somewhere gets the page that says that nothing is there. */
const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') === true;

/** @returns where the build may have put what this path shows: a file, the page at this path, or the page of one of many (`_`) */
function pageFileNames(path: string): readonly string[] {
  const page = path.replace(/\/$/, '');
  return page === '' ? [] : [page, `${page}.html`, `${page.replace(/[^/]+$/, '_')}.html`];
}

/** The build keeps each file in brotli and gzip as well; the client's Accept-Encoding chooses. */
function sendHashed(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('Cache-Control', 'public, max-age=31536000, immutable').header('Vary', 'Accept-Encoding').sendFile(path);
}
