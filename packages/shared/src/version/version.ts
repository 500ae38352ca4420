/**
 * Versions: the grammar and the three schemes that narrow it (DESIGN.md, section 2).
 * The expressions below have no two ways to read one character, so parsing takes linear time.
 */
import { fail, ok, type Result } from '../problem.js';
import { proposeVersion } from './version-proposal.js';
import { explainGrammar, explainLength, explainScheme } from './version-text.js';

/** What a product accepts: ANY the whole grammar, SEMVER exactly SemVer 2.0.0, NUMERIC 2 to 4 numbers and nothing else. */
export const VERSION_SCHEMES = ['ANY', 'SEMVER', 'NUMERIC'] as const;

export type VersionScheme = (typeof VERSION_SCHEMES)[number];

/** Longest version, in characters (DESIGN.md, section 2). */
export const VERSION_MAX_LENGTH = 100;

/** A parsed version. Compare with `compareVersions`, show `raw`. */
export interface Version {
  /** The text as the vendor wrote it. */
  readonly raw: string;
  /** 2 to 4 numbers of any size up to 24 digits. */
  readonly numbers: readonly bigint[];
  /** The dot-separated identifiers after `-`; empty for a release. */
  readonly prerelease: readonly string[];
  /** The text after `+`, which never counts in comparisons. */
  readonly build: string | null;
}

const VERSION =
  /^v?([0-9]{1,24}(?:\.[0-9]{1,24}){1,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** The grammar of https://semver.org/spec/v2.0.0.html: three numbers, no `v`, no leading zero in any number. */
const SEMVER =
  /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z.-]+)?$/;

const NUMERIC = /^[0-9.]+$/;

/**
 * Reads a version. Surrounding space is not accepted: forms trim, files of other tools must be exact.
 * Problems: VERSION_TOO_LONG, VERSION_INVALID, VERSION_SCHEME_MISMATCH.
 */
export function parseVersion(text: string, scheme: VersionScheme = 'ANY'): Result<Version> {
  if (text.length > VERSION_MAX_LENGTH) return fail(explainLength(VERSION_MAX_LENGTH));
  const match = VERSION.exec(text);
  if (!match) return fail(explainGrammar(text, propose(text, scheme)));
  if (!fitsScheme(text, scheme)) return fail(explainScheme(text, scheme, propose(text, scheme)));
  const [, numbers = '', prerelease, build] = match;
  return ok({
    raw: text,
    numbers: numbers.split('.').map(BigInt),
    prerelease: prerelease === undefined ? [] : prerelease.split('.'),
    build: build ?? null,
  });
}

/** A spelling that the scheme takes and that keeps the text's own order. */
const propose = (text: string, scheme: VersionScheme): string | null =>
  proposeVersion(text, (spelling) => spelling.length <= VERSION_MAX_LENGTH && VERSION.test(spelling) && fitsScheme(spelling, scheme));

/** Narrows a text that already passed the grammar. */
function fitsScheme(text: string, scheme: VersionScheme): boolean {
  if (scheme === 'SEMVER') return SEMVER.test(text);
  return scheme === 'ANY' || NUMERIC.test(text);
}
