/**
 * What a rule answers when the caller's data breaks it: a code for programs, one sentence for people.
 * The API turns problems into `userErrors`, the console shows the same sentence beside the field.
 */

/** Every code that a shared rule can answer. A code is added, never renamed: integrators match on it. */
export const PROBLEM_CODES = [
  'VERSION_INVALID',
  'VERSION_TOO_LONG',
  'VERSION_SCHEME_MISMATCH',
  'PRERELEASE_NUMBER_ORDER',
  'NUMERIC_SUFFIX_ORDER',
  'RANGE_INVALID',
  'CONSTRAINT_INVALID',
  'CHANNEL_UNKNOWN',
  'CHANNEL_MISMATCH',
  'CHANNEL_REQUIRED',
  'CHANNEL_NAME_INVALID',
  'CHANNEL_DUPLICATE',
  'CHANNEL_STABLE_MISSING',
  'CHANNEL_TOO_MANY',
  'FILE_NAME_INVALID',
  'FILE_EMPTY',
  'FILE_TOO_LARGE',
  'NO_ASSETS',
  'ASSET_NOT_READY',
  'ASSET_NAME_TAKEN',
  'SIDE_FILE_ALONE',
  'PRODUCT_ARCHIVED',
  'PLATFORMS_MISSING',
  'CHANGELOG_EMPTY',
  'VERSION_BELOW_LATEST',
  'FILE_VERSION_MISMATCH',
  'FILE_NAME_MISMATCH',
  'TRANSITION_NOT_ALLOWED',
  'REVISION_NOT_ALLOWED',
  'REASON_REQUIRED',
  'PUBLISH_AT_INVALID',
  'SLUG_INVALID',
  'NAME_REQUIRED',
  'TOO_LONG',
  'DATE_INVALID',
  'URL_INVALID',
  'EMAIL_INVALID',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_COMMON',
  'CHECKSUM_INVALID',
  'VALUE_INVALID',
  'ONE_OF',
  'PLACEHOLDER_UNKNOWN',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One broken rule. `message` says what is wrong and what to do; `params` holds the parts a program may want. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A value, or the one problem that prevented it. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Wraps a value that passed its rule. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps the problem that stopped a rule. */
export function fail(problem: Problem): Result<never> {
  return { ok: false, problem };
}

/**
 * Ends a switch over a union: the compiler refuses the call while a case is missing.
 * @throws Error when data outside the types gets here all the same.
 */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
