import type { Problem } from '@slipway/shared';

/** One rule that the caller's data broke, as the schema shows it. */
export interface UserErrorData {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

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
  get code(): string {
    return this.userErrors[0]?.code ?? 'REFUSED';
  }
}

/** Refuses with one rule. @param field the input field it concerns, or null. */
export function refuse(code: string, message: string, field: string | null = null): never {
  throw new Refusal([{ code, message, field }]);
}

/** Collects the problems of several fields, then refuses with all of them at once. */
export class FieldProblems {
  readonly #errors: UserErrorData[] = [];

  add(field: string, problem: Problem | null): void {
    if (problem) this.#errors.push({ code: problem.code, message: problem.message, field });
  }

  throwIfAny(): void {
    if (this.#errors.length > 0) throw new Refusal(this.#errors);
  }
}
