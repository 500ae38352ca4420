import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { requestMessages as words } from '../messages/kit';

/** Why a request as a whole failed. What the caller's data broke is a user error of the payload, not this. */
export interface RequestProblem {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly isNetwork: boolean;
  /** What else the server said of it, such as the field, or what helps. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The error of one input field, as every payload carries it. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

const UNREACHABLE: RequestProblem = {
  code: 'UNREACHABLE',
  message: words.unreachable,
  requestId: null,
  isNetwork: true,
};

/** Turns what Apollo threw into one sentence with a code and, where the server gave one, the request id. */
export function describeRequestError(error: unknown): RequestProblem {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const { code, requestId, ...details } = first?.extensions ?? {};
    return {
      code: textOf(code) ?? 'INTERNAL',
      message: first?.message ?? words.failed,
      requestId: textOf(requestId),
      isNetwork: false,
      ...(Object.keys(details).length > 0 && { details }),
    };
  }
  if (ServerError.is(error) && error.statusCode < 500) {
    const message = words.refused(error.statusCode);
    return { code: 'REFUSED', message, requestId: null, isNetwork: false };
  }
  return UNREACHABLE;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
