import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** Why a request as a whole failed. What the caller's data broke is a user error of the payload, not this. */
export interface RequestProblem {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly isNetwork: boolean;
}

/** The error of one input field, as every payload carries it. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

const UNREACHABLE: RequestProblem = {
  code: 'UNREACHABLE',
  message: 'Slipway cannot be reached: check your connection and try again.',
  requestId: null,
  isNetwork: true,
};

/** Turns what Apollo threw into one sentence with a code and, where the server gave one, the request id. */
export function describeRequestError(error: unknown): RequestProblem {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const extensions = first?.extensions ?? {};
    return {
      code: textOf(extensions['code']) ?? 'INTERNAL',
      message: first?.message ?? 'The request failed: try again.',
      requestId: textOf(extensions['requestId']),
      isNetwork: false,
    };
  }
  if (ServerError.is(error) && error.statusCode < 500) {
    const message = `Slipway refused the request (HTTP ${error.statusCode}): reload the page and try again.`;
    return { code: 'REFUSED', message, requestId: null, isNetwork: false };
  }
  return UNREACHABLE;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
