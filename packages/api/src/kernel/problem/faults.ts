import { GraphQLError } from 'graphql';
import { LIMITS } from '../limits/limits.js';
import { entitlementStatus, type EntitlementCode, type ProblemCode } from '@slipway/shared';
import type { FaultCode } from './error-codes.js';

/** Refusals of a whole request: a denial of `decideAccess` keeps its code. */
type RefusedCode = FaultCode | EntitlementCode;

const HTTP_STATUS: Readonly<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
  RESPONSE_TOO_LARGE: 400,
  UNAVAILABLE: 503,
  FILE_MISSING: 503,
  CREDENTIAL_WOULD_LEAK: 403,
  INTERNAL: 500,
};

/** An error whose code and sentence outsiders may read, on GraphQL and on routes alike. */
export class PublicFault extends GraphQLError {
  readonly code: RefusedCode;

  constructor(code: RefusedCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.name = 'PublicFault';
    this.code = code;
  }

  get httpStatus(): number {
    return httpStatusOf(this.code);
  }
}

/** The status with which HTTP refuses (DESIGN.md, section 5). */
export function httpStatusOf(code: RefusedCode): number {
  if (code in HTTP_STATUS) return HTTP_STATUS[code as FaultCode]; // it is one of its keys
  return entitlementStatus(code as EntitlementCode); // it is none of the others
}

export const unauthenticated = (message = 'Sign in first, or send a token in the Authorization header.'): PublicFault =>
  new PublicFault('UNAUTHENTICATED', message);

export const forbidden = (scope: string): PublicFault =>
  new PublicFault('FORBIDDEN', `This needs the permission ${scope}, which you do not have: ask an administrator for it.`, { scope });

/** @param noun what was looked for, in the words of the schema, for example "product". */
export const notFound = (noun: string): PublicFault =>
  new PublicFault('NOT_FOUND', `There is no ${noun} with this id that you may see: check the id.`);

export const badInput = (message: string): PublicFault => new PublicFault('BAD_USER_INPUT', message);

/** A value breaks a rule of its field. @param reason the rule's own code */
export const badField = (field: string, reason: ProblemCode, message: string): PublicFault =>
  new PublicFault('BAD_USER_INPUT', message, { field, reason });

/** The object store or the database did not answer; the caller should try again. */
export const unavailable = (what: string): PublicFault =>
  new PublicFault('UNAVAILABLE', `The ${what} cannot be reached just now, and nothing was changed: try again in a moment.`);

/** The object store has no room; the administrator has to make some. */
export const storeFull = (): PublicFault =>
  new PublicFault(
    'UNAVAILABLE',
    'The file store is full, and nothing was kept: free space or enlarge the store, then send the file again.',
  );

/** The store has lost the bytes of a file that the caller may have. */
export const fileMissing = (): PublicFault =>
  new PublicFault(
    'FILE_MISSING',
    'This file cannot be delivered at the moment, and its publisher has been told: try again later, or contact them.',
  );

/** The file is on somebody else's server, and the caller's program would show its credential there. @param isBasicSafe Basic it would not */
export const credentialWouldLeak = (isBasicSafe: boolean): PublicFault =>
  new PublicFault(
    'CREDENTIAL_WOULD_LEAK',
    isBasicSafe
      ? 'This file is on another server, which your program would show your key, too: send it as the password of Basic, or add ?key=KEY to the address.'
      : 'This file is on another server, which your program would show your key, too: add ?key=KEY to the address instead, or use curl -u license:KEY.',
  );

/** Too many wrong guesses from here: the caller should wait. GraphQL answers with the status and header too, hence `http`. */
export const rateLimited = (retryAfterSeconds: number): PublicFault =>
  limited(`Too many failed attempts: wait ${waitText(retryAfterSeconds)}, then try again.`, retryAfterSeconds);

/** Too many links or invitations were mailed. @param fault says for how long */
export const tooManyMails = ({ extensions }: PublicFault): PublicFault => {
  const seconds = Number(extensions['retryAfterSeconds']);
  return limited(`Too many mails were asked for: look for one that came already, or wait ${waitText(seconds)}, then try again.`, seconds);
};

/** One caller asks too often. @param limit whom it concerns */
export const tooManyRequests = (limit: 'anonymous' | 'credential', most: number, retryAfterSeconds: number): PublicFault => {
  const per = `${most.toLocaleString('en')} requests a minute`;
  const wait = `wait ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}`;
  return limited(
    limit === 'anonymous'
      ? `More than ${per} came from your address: ${wait}, or send a license key or token, which are counted by themselves.`
      : `More than ${per} came with this key or token: ${wait}, then go on more slowly.`,
    retryAfterSeconds,
  );
};

/** The answer is larger than one may be; `data` is null. @param answer `isMutation`: what was asked for has been done */
export const responseTooLarge = (answer: {
  readonly limit: 'replyBytes' | 'replyObjects';
  readonly fittingPage: number | null;
  readonly isMutation: boolean;
}): PublicFault => {
  const { fittingPage, isMutation, limit } = answer;
  const who = isMutation ? 'The request was carried out, but its answer' : 'The answer';
  const size =
    limit === 'replyBytes'
      ? `is larger than ${inMegabytes(LIMITS.replyBytes.most)}`
      : `has more than ${LIMITS.replyObjects.most.toLocaleString('en')} objects`;
  return new PublicFault('RESPONSE_TOO_LARGE', `${who} ${size}: ${smallerAnswer(fittingPage)}.`, { fittingPage });
};

/** What to do about an answer that is too large. @param fittingPage entries of a page that fits, or null when pages are not the cause */
export function smallerAnswer(fittingPage: number | null): string {
  if (fittingPage === null) return 'select fewer fields, or ask for fewer objects at a time';
  return `ask for pages of at most ${fittingPage} ${fittingPage === 1 ? 'entry' : 'entries'}, or select fewer fields`;
}

/** A limit of bytes as sentences name it. */
export const inMegabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

const limited = (message: string, retryAfterSeconds: number): PublicFault =>
  new PublicFault('RATE_LIMITED', message, {
    retryAfterSeconds,
    http: { status: HTTP_STATUS.RATE_LIMITED, headers: new Map([['retry-after', String(retryAfterSeconds)]]) },
  });

function waitText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
