import type { FastifyReply } from 'fastify';

/** A failed HTTP request, as RFC 9457 shows it. */
export interface ProblemReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly [extension: string]: unknown;
}

/** Answers with `application/problem+json`: code, one sentence, and the request id under which the log has it. */
export function sendProblem(reply: FastifyReply, problem: ProblemReply): FastifyReply {
  const { status, message, ...rest } = problem;
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', title: message, status, detail: message, ...rest, requestId: reply.request.id }));
}
