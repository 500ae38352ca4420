import { currentVersionKey, joinOr, keyAboveConstraint, parseUpdateConstraint, type Target, type UpdateConstraint } from '@slipway/shared';
import { badField, badInput, type PublicFault } from '../../kernel/problem/faults.js';

/** What a program asks, with the names already read. */
export interface UpdateQuestion {
  /** Slug or ID. */
  readonly product: string;
  readonly version: string;
  /** Null: the product's first. */
  readonly channel: string | null;
  readonly constraint: string | null;
  readonly target: Target | null;
}

/** The version and constraint of a question, as the rules of versions read them. */
export interface ReadVersions {
  readonly version: string;
  /** Null: no release has a version of one number. */
  readonly versionKey: string | null;
  readonly constraint: UpdateConstraint | null;
}

/** An error of a request never repeats a value: it may be a secret in the wrong place. */
const UNREADABLE = {
  version: 'This is no version: give 2 to 4 numbers and a prerelease if there is one, for example 1.2, 1.0.0 or 3.0.0-beta.2.',
  constraint: 'This is no constraint: give 1 for the same major version, 1.2 for a minor from 2, or 1.2.3 for a patch from 3.',
} as const;

/** @throws PublicFault BAD_USER_INPUT that names the field and the rule it breaks */
export function readVersions(question: Pick<UpdateQuestion, 'version' | 'constraint'>): ReadVersions {
  const version = question.version.trim();
  const key = currentVersionKey(version);
  if (!key.ok) throw badField('version', key.problem.code, UNREADABLE.version);
  const text = question.constraint?.trim() ?? '';
  const constraint = text === '' ? null : parseUpdateConstraint(text);
  if (constraint && !constraint.ok) throw badField('constraint', constraint.problem.code, UNREADABLE.constraint);
  return { version, versionKey: key.value, constraint: constraint?.ok ? constraint.value : null };
}

/** No version that satisfies the constraint sorts at it or above; null: no bound. */
export const boundOf = ({ constraint }: ReadVersions): string | null => constraint && keyAboveConstraint(constraint);

/** A computer by its parts. @throws PublicFault BAD_USER_INPUT for a processor without a system */
export function targetOf(platform: Target['platform'] | null, architecture: Target['architecture']): Target | null {
  if (platform !== null) return { platform, architecture };
  if (architecture === null) return null;
  throw badInput('An architecture is of a platform: give platform, too.');
}

/** A name that is none of those that there are; it is not repeated. */
export const unknownName = (field: string, known: readonly string[]): PublicFault =>
  badField(field, 'VALUE_INVALID', `There is no ${field} of this name: use ${joinOr(known)}.`);
