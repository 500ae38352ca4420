import type { FastifyError, FastifyInstance } from 'fastify';
import { isDatabaseUnreachable, isUnstorableText } from '../database/errors.js';
import { badInput, PublicFault, unavailable } from '../kernel/problem/faults.js';
import type { Log } from '../kernel/log.js';
import type { TransportCode } from '../kernel/problem/error-codes.js';
import { noteProblem, sendProblem } from '../kernel/problem/problem-reply.js';
import { Refusal } from '../kernel/problem/refusal.js';
import type { StoreEvents } from '../machinery/store-events/store-events.js';
import { StorageFault } from '../storage/storage-fault.js';

const INTERNAL_MESSAGE = 'Something went wrong on our side: try again, and if it happens again, tell your administrator the request id.';

/** Where faults are told. */
export interface FaultUse {
  readonly log: Log;
  readonly storeEvents: Pick<StoreEvents, 'note'>;
}

/** What outsiders see of an error; everything unexpected is logged and shown as INTERNAL. */
export function publicFaultOf(error: unknown, { log, storeEvents }: FaultUse, requestId: string): PublicFault {
  if (error instanceof PublicFault) {
    if (error.cause instanceof StorageFault) storeEvents.note({ kind: 'FAILED', detail: error.cause.summary, requestId });
    if (error.code === 'UNAVAILABLE') log.error({ err: error.cause ?? error, requestId }, 'a part of the system cannot be reached');
    if (error.code === 'FILE_MISSING') log.error({ requestId }, 'somebody wanted a file that the file store has lost');
    return error;
  }
  if (isUnstorableText(error)) {
    log.error({ err: error, requestId }, 'a NUL passed the border');
    return badInput('A text in the request has a NUL character (U+0000): remove it.');
  }
  if (isDatabaseUnreachable(error)) {
    log.error({ err: error, requestId }, 'the database cannot be reached');
    return unavailable('database');
  }
  log.error({ err: error, requestId }, 'unexpected error');
  return new PublicFault('INTERNAL', INTERNAL_MESSAGE);
}

/** Faults before GraphQL runs that its clients get in its own form. */
const GRAPHQL_FAULTS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHENTICATED', 'FORBIDDEN']);

const NOT_FOUND = { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address: check the URL.' } as const;

/** Shows errors of routes as problem+json. */
export function registerFaults(app: FastifyInstance, use: FaultUse): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, NOT_FOUND));
  app.setErrorHandler<FastifyError | Error>((error, request, reply) => {
    if (error instanceof Refusal)
      return sendProblem(reply, { status: statusOfRefusal(error), code: error.code, message: error.message, userErrors: error.userErrors });
    const status = 'statusCode' in error ? error.statusCode : undefined;
    if (status !== undefined && status >= 400 && status < 500)
      return sendProblem(reply, { status, code: codeOf(status), message: sentenceOf(status) });
    const fault = publicFaultOf(error, use, request.id);
    const { retryAfterSeconds } = fault.extensions;
    if (typeof retryAfterSeconds === 'number') void reply.header('Retry-After', String(retryAfterSeconds));
    // Who calls is looked up before GraphQL runs; when that cannot be done its clients still expect a GraphQL error.
    if (GRAPHQL_FAULTS.has(fault.code) && request.routeOptions.url === '/graphql') {
      noteProblem(request, fault);
      return reply
        .code(fault.httpStatus)
        .send({ errors: [{ message: fault.message, extensions: { code: fault.code, requestId: request.id, retryAfterSeconds } }] });
    }
    return sendProblem(reply, { status: fault.httpStatus, code: fault.code, message: fault.message, ...detailsOf(fault) });
  });
}

/** Which field broke which rule, and what helps: as GraphQL's `extensions` has it. */
function detailsOf({ extensions }: PublicFault): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ['field', 'reason', 'params', 'remedy'].filter((name) => name in extensions).map((name) => [name, extensions[name]]),
  );
}

/** Statuses of refusals that are not 422. */
const REFUSALS: Readonly<Record<string, number>> = {
  CONTENT_RANGE_NOT_SUPPORTED: 400,
  CONTENT_ENCODING_NOT_SUPPORTED: 415,
  PRECONDITION_FAILED: 412,
  MULTIPART_NOT_SUPPORTED: 415,
  FILE_TOO_LARGE: 413,
  REVISION_FROZEN: 409,
  SCHEDULED_LOCKED: 409,
};

function statusOfRefusal(error: Refusal): number {
  return REFUSALS[error.code] ?? 422;
}

const codeOf = (status: number): TransportCode | 'BAD_USER_INPUT' =>
  status === 413 ? 'BODY_TOO_LARGE' : status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_USER_INPUT';

function sentenceOf(status: number): string {
  if (status === 413) return 'The request body is too large: send less at a time.';
  if (status === 415) return 'This content type is not taken here: send application/json.';
  return 'The request cannot be read: check its URL, headers and body.';
}
