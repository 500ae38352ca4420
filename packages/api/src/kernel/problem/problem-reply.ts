import { problemJson, type ProblemReply as AnyProblem } from '@slipway/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode, TransportCode } from './error-codes.js';
import { reasonPhrase } from './reason-phrase.js';

/** A failed HTTP request with a code that is documented. */
export interface ProblemReply extends AnyProblem {
  readonly code: ErrorCode | TransportCode;
}

/** The text of a problem. */
export function problemBody(problem: ProblemReply, requestId: string): string {
  return JSON.stringify(problemJson(problem, requestId));
}

/** What requests were answered with, for the log of refusals. */
const problems = new WeakMap<FastifyRequest, Pick<ProblemReply, 'code' | 'message'>>();

/** Notes what a request is refused with. */
export function noteProblem(request: FastifyRequest, { code, message }: Pick<ProblemReply, 'code' | 'message'>): void {
  problems.set(request, { code, message });
}

/** What a request was refused with; null when nobody has said it. */
export const problemOf = (request: FastifyRequest): Pick<ProblemReply, 'code' | 'message'> | null => problems.get(request) ?? null;

/** Answers with `application/problem+json`, for nobody to keep; the status line says it in short. */
export function sendProblem(reply: FastifyReply, problem: ProblemReply): FastifyReply {
  if (!reply.hasHeader('cache-control')) void reply.header('Cache-Control', 'no-store');
  const phrase = reasonPhrase(problem.code, problem['params']);
  noteProblem(reply.request, problem);
  if (phrase !== null) reply.raw.statusMessage = phrase;
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problemBody(problem, reply.request.id));
}
