import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS } from '../kernel/limits/limits.js';
import { sendProblem } from '../kernel/problem/problem-reply.js';
import { PARTS_PATH } from '../storage/disk/disk-urls.js';

const TOO_SLOW = {
  status: 408,
  code: 'REQUEST_TIMEOUT',
  message: `The body did not come within ${LIMITS.bodySeconds.most} seconds: send it again over a better connection, or less at a time.`,
} as const;

/**
 * Cuts a request whose body has not come within `milliseconds`, however steadily it drips. Files may take as long as they
 * move: the routes that stream them have an end of their own for what stands still. Once they have answered, what is left of a
 * body has the same time as the others.
 */
export function limitBodies(app: FastifyInstance, milliseconds: number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (hasBody(request) && !streamsFiles(request)) startTimer(request, reply, milliseconds);
  });
  app.addHook('onResponse', async (request, reply) => {
    if (hasBody(request) && streamsFiles(request)) startTimer(request, reply, milliseconds);
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const streamsFiles = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.asksForBody === true || (routeOptions.url ?? '').startsWith(`${PARTS_PATH}/`);

function startTimer(request: FastifyRequest, reply: FastifyReply, milliseconds: number): void {
  const { raw } = request;
  // A request that was injected came over no connection: there is none to cut.
  if (raw.complete || raw.destroyed || !(raw.socket instanceof Socket)) return;
  const timer = setTimeout(() => cut(request, reply), milliseconds);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  raw.once('end', stop).once('close', stop);
}

function cut(request: FastifyRequest, reply: FastifyReply): void {
  if (request.raw.complete) return;
  const close = (): void => request.raw.socket.destroySoon();
  if (reply.sent || reply.raw.headersSent) return close();
  reply.raw.once('finish', close);
  void sendProblem(reply.header('Connection', 'close').header('Cache-Control', 'no-store'), TOO_SLOW);
}
