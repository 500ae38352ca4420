import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below this the headers and the work outweigh what is saved. */
const LEAST_BYTES = 2_048;
/** The fastest level: a page of a list is a sixth of its size after 0.2 ms; the best one saves 3 % more for five times that. */
const LEVEL = 1;
const compress = promisify(gzip);

/** A hook (`onSend`) for texts made per request: sends large ones gzipped to clients that take it. Off the main thread. */
export async function compressReply(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < LEAST_BYTES) return payload;
  void reply.header('Vary', 'Accept-Encoding');
  if (negotiate(request.headers['accept-encoding'] ?? 'identity', ['gzip']) !== 'gzip') return payload;
  const bytes = await compress(payload, { level: LEVEL });
  void reply.header('Content-Encoding', 'gzip').header('Content-Length', bytes.length);
  return bytes;
}
