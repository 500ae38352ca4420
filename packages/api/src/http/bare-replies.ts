import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RefusalLog } from '../machinery/refusals/refusal-log.js';
import { LIMITS } from '../kernel/limits/limits.js';
import { problemBody, sendProblem, type ProblemReply } from '../kernel/problem/problem-reply.js';

/** Answers that are given before there is a route, so that no hook adds anything to them. None repeats a word of the request. */
const PROBLEMS = {
  unreadableUrl: { status: 400, code: 'BAD_USER_INPUT', message: 'The address cannot be read: check its percent signs.' },
  longUrl: {
    status: 414,
    code: 'BAD_USER_INPUT',
    message: `A part of the address is longer than ${LIMITS.pathPart.most} characters: check the URL.`,
  },
  unreadable: { status: 400, code: 'BAD_USER_INPUT', message: 'The request is not HTTP that can be read: check the client.' },
  slowHeaders: { status: 408, code: 'REQUEST_TIMEOUT', message: 'The request did not come in time: send it again.' },
  longHeaders: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    message: `The headers have more than ${LIMITS.headerBytes.most} bytes: send fewer cookies, or a shorter URL.`,
  },
  expectation: { status: 417, code: 'EXPECTATION_FAILED', message: 'Only "Expect: 100-continue" is known here: leave the header out.' },
} as const satisfies Readonly<Record<string, ProblemReply>>;

/** What these answers need, and whom they tell of themselves: no hook sees them. */
export interface BareUse {
  readonly isHttps: boolean;
  readonly refusals: Pick<RefusalLog, 'note'>;
}

/** The headers of every answer, for those that no hook reaches. There is nothing to load or to frame in them. */
export function bareHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
    'cache-control': 'no-store',
  };
}

/** Fastify's own errors: a URL that cannot be decoded, a part of it that is too long. */
export function sendFrameworkProblem(error: { readonly code: string }, reply: FastifyReply, use: BareUse): void {
  const problem = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? PROBLEMS.longUrl : PROBLEMS.unreadableUrl;
  const { id: requestId, ip } = reply.request;
  void reply.headers({ ...bareHeaders(use.isHttps), 'x-request-id': requestId });
  noteBare(use, problem, { requestId, address: ip });
  void sendProblem(reply, problem);
}

/** Node's own errors: what is no HTTP, or comes too slowly. @see https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, use: BareUse): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? PROBLEMS.slowHeaders
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? PROBLEMS.longHeaders
        : PROBLEMS.unreadable;
  const { headers, body } = bareReply(problem, use, socket);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, 'connection: close', '', ''].join('\r\n');
  if (socket.writable) socket.write(head + body);
  socket.destroySoon();
}

/** Any `Expect` but 100-continue; Node would answer without a word. */
export function answerOtherExpectations(app: FastifyInstance, use: BareUse): void {
  app.server.on('checkExpectation', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const { headers, body } = bareReply(PROBLEMS.expectation, use, socket);
    response.writeHead(PROBLEMS.expectation.status, { ...headers, connection: 'close' }).end(body);
  });
}

function bareReply(
  problem: ProblemReply,
  use: BareUse,
  { remoteAddress }: Pick<Socket, 'remoteAddress'>,
): { headers: Readonly<Record<string, string>>; body: string } {
  const requestId = randomUUID();
  noteBare(use, problem, { requestId, address: remoteAddress ?? '' });
  const body = problemBody(problem, requestId);
  const own = { 'content-type': 'application/problem+json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)) };
  return { headers: { ...bareHeaders(use.isHttps), ...own, 'x-request-id': requestId }, body };
}

function noteBare(
  { refusals }: BareUse,
  { status, code, message }: ProblemReply,
  from: { readonly requestId: string; readonly address: string },
): void {
  refusals.note({ ...from, status, code, message, operation: '', client: null });
}
