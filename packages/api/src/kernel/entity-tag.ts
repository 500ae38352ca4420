import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The entity tag of an answer: two answers with the same text have the same (RFC 9110, section 8.8.3). */
export const tagOf = (body: string): string => createHash('sha256').update(body).digest('base64url');

/** Sends an answer with its entity tag, or 304 without it to whoever has it already (RFC 9110, section 13.1.2: compared weakly). */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, { tag, body }: { tag: string; body: unknown }): FastifyReply {
  const etag = `"${tag}"`;
  void reply.header('ETag', etag);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*') ? reply.code(304).send() : reply.send(body);
}
