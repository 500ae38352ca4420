/** Why a text is not a version, in words that say what to type instead. */
import { type Problem } from '../problem.js';
import { quote } from '../text/quote.js';

const EXAMPLES = 'for example 1.2, 1.0.0 or 3.0.0-beta.2';

/** The first fault that applies is reported: each row is a test of the text and the advice. */
const FAULTS: readonly (readonly [applies: RegExp, fault: string, advice: string, example: string])[] = [
  [/^$/, 'is missing', 'enter one', EXAMPLES],
  [/\s/, 'contains a space', 'remove it', EXAMPLES],
  [/^V[0-9]/, 'starts with a capital V', 'write v or nothing', EXAMPLES],
  [/^v?(?:19|20)[0-9]{2}(?:[-_/]?[0-9]{1,2}){2}(?![0-9])/, 'is a date', 'put dots between year, month and day', 'for example 2024.01.01'],
  [/^v?[0-9]+(?:[-+]|$)/, 'has too few numbers', 'use 2 to 4', 'for example 1.0 or 1.0.0'],
  [/^v?[0-9]+(?:\.[0-9]+){4}/, 'has too many numbers', 'use 2 to 4', 'for example 1.2.3.4'],
  [/^v?[0-9.]*[0-9]{25}/, 'has a number of more than 24 digits', 'shorten it', EXAMPLES],
  [/^v?[0-9]+(?:\.[0-9]+){1,3}[A-Za-z]/, 'has a letter right after a number', 'put a hyphen between them', 'for example 1.0-beta'],
  [/^v?[0-9]+(?:\.[0-9]+){1,3}[_,]/, 'has a sign that versions do not have', 'use dots between numbers', EXAMPLES],
  [/^@?[A-Za-z][^0-9]*[0-9]/, 'does not start with a number', 'leave out what stands before it', EXAMPLES],
  [/^/, 'is not a version', 'write 2 to 4 numbers with dots, then an optional -suffix', EXAMPLES],
];

/** VERSION_TOO_LONG, for a text over `maxLength` characters. */
export function explainLength(maxLength: number): Problem {
  return {
    code: 'VERSION_TOO_LONG',
    message: `This version is too long: use at most ${String(maxLength)} characters.`,
    params: { maxLength },
  };
}

/** VERSION_INVALID, for a text outside the grammar. @param suggestion a spelling that fits, also in `params`; null when there is none */
export function explainGrammar(text: string, suggestion: string | null): Problem {
  const [, fault = '', advice = '', example = ''] = FAULTS.find(([applies]) => applies.test(text)) ?? [];
  const subject = text === '' ? 'The version' : `Version ${quote(text)}`;
  const message = `${subject} ${fault}: ${advice}${spelledOut(suggestion, example)}.`;
  return withSuggestion({ code: 'VERSION_INVALID', message }, suggestion);
}

/** What to write, or an example of it. */
const spelledOut = (suggestion: string | null, example: string): string =>
  suggestion === null ? `, ${example}` : ` and write ${suggestion}`;

/** VERSION_SCHEME_MISMATCH, for a version that the product's scheme does not take. */
export function explainScheme(text: string, scheme: 'SEMVER' | 'NUMERIC' | 'ANY', suggestion: string | null): Problem {
  const rule = scheme === 'NUMERIC' ? 'is not numeric' : 'is not SemVer 2.0.0';
  const [advice, example] = scheme === 'NUMERIC' ? ['use 2 to 4 numbers and nothing else', '1.2.3.4'] : [semverAdvice(text), '1.2.3'];
  const message = `Version ${quote(text)} ${rule}, as this product demands: ${advice}${spelledOut(suggestion, `for example ${example}`)}.`;
  const problem: Problem = { code: 'VERSION_SCHEME_MISMATCH', message, params: { scheme } };
  return withSuggestion(problem, suggestion);
}

function withSuggestion(problem: Problem, suggestion: string | null): Problem {
  return suggestion === null ? problem : { ...problem, params: { ...problem.params, suggestion } };
}

function semverAdvice(text: string): string {
  if (text.startsWith('v')) return 'leave out the v';
  if (!/^[0-9]+\.[0-9]+\.[0-9]+(?:[-+]|$)/.test(text)) return 'use exactly three numbers';
  return 'remove leading zeros';
}
