/** Why a text is not a version, in words that say what to type instead. */
import { type Problem } from './problem.js';
import { quote } from './quote.js';

const EXAMPLES = 'for example 1.2, 1.0.0 or 3.0.0-beta.2';

/** The first fault that applies is reported: each row is a test of the text and the advice. */
const FAULTS: readonly (readonly [applies: RegExp, advice: string])[] = [
  [/^$/, `is missing: enter one, ${EXAMPLES}.`],
  [/\s/, 'contains a space: remove it.'],
  [/^V[0-9]/, 'starts with a capital V: write v or nothing.'],
  [/^v?[0-9]+(?:[-+]|$)/, 'has too few numbers: use 2 to 4, for example 1.0 or 1.0.0.'],
  [/^v?[0-9]+(?:\.[0-9]+){4}/, 'has too many numbers: use 2 to 4, for example 1.2.3.4.'],
  [/^v?[0-9.]*[0-9]{25}/, 'has a number of more than 24 digits: shorten it.'],
  [/^v?[0-9]+(?:\.[0-9]+){1,3}[A-Za-z]/, 'has a letter right after a number: put a hyphen between them, for example 1.0-beta.'],
];

/** VERSION_TOO_LONG, for a text over `maxLength` characters. */
export function explainLength(maxLength: number): Problem {
  return {
    code: 'VERSION_TOO_LONG',
    message: `This version is too long: use at most ${String(maxLength)} characters.`,
    params: { maxLength },
  };
}

/** VERSION_INVALID, for a text outside the grammar. */
export function explainGrammar(text: string): Problem {
  const fault = FAULTS.find(([applies]) => applies.test(text));
  const advice = fault?.[1] ?? `is not a version: write 2 to 4 numbers with dots, then an optional -suffix, ${EXAMPLES}.`;
  const subject = text === '' ? 'The version' : `Version ${quote(text)}`;
  return { code: 'VERSION_INVALID', message: `${subject} ${advice}` };
}

/** VERSION_SCHEME_MISMATCH, for a version that the product's scheme does not take. */
export function explainScheme(text: string, scheme: 'SEMVER' | 'NUMERIC' | 'ANY'): Problem {
  const rule =
    scheme === 'NUMERIC'
      ? 'is not numeric, as this product demands: use 2 to 4 numbers and nothing else, for example 1.2.3.4.'
      : `is not SemVer 2.0.0, as this product demands: ${semverAdvice(text)}`;
  return { code: 'VERSION_SCHEME_MISMATCH', message: `Version ${quote(text)} ${rule}`, params: { scheme } };
}

function semverAdvice(text: string): string {
  if (text.startsWith('v')) return 'leave out the v, for example 1.2.3.';
  if (!/^[0-9]+\.[0-9]+\.[0-9]+(?:[-+]|$)/.test(text)) return 'use exactly three numbers, for example 1.2.3.';
  return 'remove leading zeros, for example 1.2.3 instead of 1.02.3.';
}
