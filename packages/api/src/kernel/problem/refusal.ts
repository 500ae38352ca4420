import type { Problem } from '@slipway/shared';
import type { ErrorCode } from './error-codes.js';

/** One rule that the caller's data broke, as the schema shows it. */
export interface UserErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field: string | null;
  /** Details for programs, for example the ID of a conflicting object. */
  readonly params?: RefusalParams | null;
}

export type RefusalParams = Readonly<Record<string, string | number | null>>;

/**
 * A rule said no. Thrown inside a transaction it undoes it; at the border it becomes `userErrors` of a mutation or
 * problem+json of a route. It never means a fault of ours.
 */
export class Refusal extends Error {
  readonly userErrors: readonly UserErrorData[];

  constructor(userErrors: readonly UserErrorData[]) {
    super(userErrors.map((error) => error.message).join(' '));
    this.name = 'Refusal';
    this.userErrors = userErrors;
  }

  /** The code of the first broken rule. */
  get code(): ErrorCode {
    return this.userErrors[0]?.code ?? 'VALUE_INVALID';
  }
}

/** Refuses with one rule. @param field the input field it concerns, or null. */
export function refuse(code: ErrorCode, message: string, field: string | null = null): never {
  throw new Refusal([{ code, message, field }]);
}

/** Refuses with one rule and what a program needs to go on. */
export function refuseWith(error: UserErrorData): never {
  throw new Refusal([error]);
}

/** Collects the problems of several fields, then refuses with all of them at once. */
export class FieldProblems {
  readonly #errors: UserErrorData[] = [];

  add(field: string, problem: Problem | null): void {
    if (problem) this.#errors.push({ ...problem, field });
  }

  throwIfAny(): void {
    if (this.#errors.length > 0) throw new Refusal(this.#errors);
  }
}
