import { parseVersion, type Platform } from '@slipway/shared';
import { firstCharacters } from '../../../kernel/text/first-characters.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { fold } from '../../../search/fold.js';
import { beginningsOf, searchedIn, termsIn } from '../../../search/words.js';

/** Longest term of a version that is kept, in characters. */
const TERM_MAX_LENGTH = 40;
/** Our limit: once a release has this many terms, the rest of its changelog is not searched. */
export const TERMS_MAX_COUNT = 3_000;
/** More words narrow a search no further. */
export const WORDS_MAX_COUNT = 8;

const cut = (word: string): string => firstCharacters(word, TERM_MAX_LENGTH);

/** The terms under which a release is found: its version (2, 2.4, 2.4.1), and the words of name and changelog, each with its beginnings and pieces. */
export function termsOf(release: { readonly version: string; readonly name: string | null; readonly changelog: string }): string[] {
  const terms = new Set<string>(versionTerms(release.version));
  for (const term of termsIn(`${release.name ?? ''}\n${release.changelog}`)) {
    if (terms.size >= TERMS_MAX_COUNT) break;
    terms.add(term);
  }
  return [...terms];
}

/** Leaves out what goes on after another term: every release that is found by `2.4.1` is found by `2.4`. */
export function withoutContinued(terms: readonly string[]): string[] {
  const kept = new Set<string>();
  for (const term of terms.toSorted()) if (!beginningsOf(term).some((beginning) => kept.has(beginning))) kept.add(term);
  return [...kept];
}

/** A filter as a term. No word begins with a colon: nobody finds one by typing. */
export const channelTerm = (channel: string): string => `:c=${channel}`;
/** See `channelTerm`. */
export const platformTerm = (platform: Platform): string => `:p=${platform}`;

/** The terms under which the filters of the list find a release. */
export function facetsOf(release: { readonly channel: string; readonly platforms: Iterable<Platform> }): string[] {
  return [channelTerm(release.channel), ...[...release.platforms].map(platformTerm)];
}

function versionTerms(text: string): string[] {
  const lower = fold(text);
  const asWritten = [lower, ...beginningsOf(lower)];
  const parsed = parseVersion(text);
  if (!parsed.ok) return asWritten.map(cut);
  const numbers = parsed.value.numbers.map(String);
  const prefixes = numbers.map((_, index) => numbers.slice(0, index + 1).join('.'));
  const prerelease = parsed.value.prerelease.map((part) => part.toLowerCase()).flatMap((part) => [part, ...beginningsOf(part)]);
  return [...asWritten, ...asWritten.map((term) => term.replace(/^v/, '')), ...prefixes, ...prerelease]
    .filter((term) => term !== '')
    .map(cut);
}

/** The words of a search; the last one may still be being typed. */
export function searchWords(search: string): string[] {
  const words = [...searchedIn(search.slice(0, LIMITS.searchText.most))].map((word) => (/^v\d/.test(word) ? word.slice(1) : word));
  return [...new Set(words)].slice(0, WORDS_MAX_COUNT);
}
