import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { SignedUrlCode } from '../../kernel/problem/error-codes.js';
import { parseRange, partsBody } from '../byte-range.js';
import { BodyCut } from './disk-faults.js';
import type { DiskObject, DiskStore } from './disk-store.js';
import { OBJECTS_PATH, PARTS_PATH } from './disk-urls.js';
import { StorageFault } from '../storage-fault.js';

const PUBLIC = { access: 'public' } as const;
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'] satisfies HTTPMethods[];
const IDLE_MILLISECONDS = 60_000;
/** As many as no file has by chance; always as long, so that HEAD tells the length that GET has. */
const BOUNDARY_BYTES = 16;

const PROBLEMS = {
  URL_EXPIRED: { status: 403, message: 'This link has expired; ask for a new one.' },
  URL_INVALID: { status: 403, message: 'This link is not valid; use it exactly as it was given.' },
  NOT_FOUND: { status: 404, message: 'What this link points to is no longer there.' },
  LENGTH_DIFFERS: { status: 400, message: 'The Content-Length is not the length that this link was made for.' },
  BODY_CUT: { status: 400, message: 'The body ended early and nothing was stored; send it again.' },
  RANGE_UNSATISFIABLE: { status: 416, message: 'The file ends before this range begins.' },
  STORE_FULL: { status: 507, message: 'The server has no space left for files and nothing was stored.' },
  STORE_UNAVAILABLE: { status: 503, message: 'The server cannot reach its files just now; try again in a moment.' },
} as const satisfies Readonly<Record<SignedUrlCode, { status: number; message: string }>>;

/**
 * Serves the signed URLs of the disk store: `PUT` of one part, `GET` and `HEAD` of an object. The signature is the only
 * permission asked for. Bodies stream in constant memory; a connection that moves no byte for `idleMilliseconds` is cut.
 */
export function registerStoreRoutes(app: FastifyInstance, store: DiskStore, idleMilliseconds = IDLE_MILLISECONDS): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => sendFault(error, request, reply));
    scope.addHook('onRequest', async (request, reply) => {
      request.raw.setTimeout(idleMilliseconds, () => request.raw.destroy());
      delete request.headers['content-type']; // whatever the sender calls them, they are bytes; Fastify would refuse some names
      reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' });
    });
    // Whatever else is asked of the store is refused, as a private bucket would.
    scope.route({
      method: METHODS,
      url: '/store/*',
      config: PUBLIC,
      exposeHeadRoute: false,
      handler: (_, reply) => sendProblem(reply, 'URL_INVALID'),
    });
    scope.put(`${PARTS_PATH}/*`, { config: PUBLIC }, (request, reply) => putPart(store, request, reply));
    scope.get(`${OBJECTS_PATH}/*`, { config: PUBLIC, exposeHeadRoute: false }, (request, reply) => getObject(store, request, reply));
    scope.head(`${OBJECTS_PATH}/*`, { config: PUBLIC }, (request, reply) => getObject(store, request, reply));
  });
}

async function putPart(store: DiskStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const grant = store.verifyUrl('PUT', request.originalUrl);
  if (grant.kind === 'URL_EXPIRED' || grant.kind === 'URL_INVALID') return sendProblem(reply, grant.kind);
  if (grant.kind !== 'PUT_PART') return sendProblem(reply, 'URL_INVALID');
  // The HTTP parser holds a body to its Content-Length: longer is another request, shorter is a cut connection.
  if (request.headers['content-length'] !== String(grant.sizeBytes)) return sendProblem(reply, 'LENGTH_DIFFERS');
  const part = await store.writePart(grant.upload, grant.partNumber, request.raw);
  return part ? reply.header('etag', part.etag).send() : sendProblem(reply, 'NOT_FOUND');
}

async function getObject(store: DiskStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const grant = store.verifyUrl('GET', request.originalUrl);
  if (grant.kind === 'URL_EXPIRED' || grant.kind === 'URL_INVALID') return sendProblem(reply, grant.kind);
  if (grant.kind !== 'GET_OBJECT') return sendProblem(reply, 'URL_INVALID');
  const object = await store.findObject(grant.objectKey);
  if (!object) return sendProblem(reply, 'NOT_FOUND');
  reply.headers({ 'content-disposition': grant.disposition, 'accept-ranges': 'bytes', etag: object.etag });
  return sendObject(object, request, reply);
}

function sendObject(object: DiskObject, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { range, 'if-range': ifRange } = request.headers;
  const isRangeFresh = ifRange === undefined || ifRange === object.etag;
  const verdict = parseRange(isRangeFresh ? range : undefined, object.size);
  if (verdict.kind === 'UNSATISFIABLE') {
    return sendProblem(reply.header('content-range', `bytes */${object.size}`), 'RANGE_UNSATISFIABLE');
  }
  if (verdict.kind === 'PARTS') {
    const body = partsBody(object, verdict.spans, randomBytes(BOUNDARY_BYTES).toString('hex'));
    reply.code(206).headers({ 'content-length': body.sizeBytes, 'content-type': body.contentType });
    return request.method === 'HEAD' ? reply.send() : reply.send(body.open());
  }
  const span = verdict.kind === 'PART' ? verdict.span : { first: 0, last: object.size - 1 };
  if (verdict.kind === 'PART') reply.code(206).header('content-range', `bytes ${span.first}-${span.last}/${object.size}`);
  reply.headers({ 'content-length': span.last - span.first + 1, 'content-type': 'application/octet-stream' });
  return request.method === 'HEAD' ? reply.send() : reply.send(object.read(span));
}

function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof BodyCut) return sendProblem(reply, 'BODY_CUT');
  request.log.error({ err: error }, 'the disk store failed');
  return sendProblem(reply, error instanceof StorageFault && error.reason === 'FULL' ? 'STORE_FULL' : 'STORE_UNAVAILABLE');
}

function sendProblem(reply: FastifyReply, code: keyof typeof PROBLEMS): FastifyReply {
  const { status, message } = PROBLEMS[code];
  const body = { type: 'about:blank', title: message, status, code, message };
  return reply.removeHeader('content-disposition').code(status).type('application/problem+json').send(JSON.stringify(body));
}
