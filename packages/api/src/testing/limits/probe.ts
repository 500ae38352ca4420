import type { GraphqlReply } from '../client.js';
import type { Harness } from '../harness.js';

/** How one past a limit is answered. */
export interface SeenRefusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** Goes one past a limit through the public API, at best after going up to it. */
export interface LimitProbe {
  readonly exceed: (harness: Harness) => Promise<SeenRefusal | null>;
  /** How the sentence names the limit; its amount by default. */
  readonly names?: string;
}

/** A number of things of one owner, of which one more is refused. */
export interface CountProbe {
  /** Makes an owner who has this many of them, by SQL where that is much faster. @returns how one more is made; its refusal, or null */
  readonly fill: (harness: Harness, count: number) => Promise<() => Promise<SeenRefusal | null>>;
}

/** The refusal of a GraphQL error; null when there is none. */
export function errorOf({ status, errors }: GraphqlReply<unknown>): SeenRefusal | null {
  const [error] = errors;
  return error ? { code: error.extensions.code, message: error.message, status } : null;
}

/** The refusal of a mutation by `userErrors`; null when it was done. */
export function userErrorOf({ userErrors }: { readonly userErrors: readonly { code: string; message: string }[] }): SeenRefusal | null {
  const [error] = userErrors;
  return error ? { ...error, status: 200 } : null;
}

/** The refusal of a route. */
export async function problemOf(response: Response): Promise<SeenRefusal> {
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  return { code, message: detail, status: response.status };
}
