import { parseVersion, type Platform } from '@slipway/shared';
import { firstCharacters } from '../../kernel/first-characters.js';
import { LIMITS } from '../../kernel/limits.js';

/** Longest term that is kept, in characters; longer words are cut, on both sides of a search. */
const TERM_MAX_LENGTH = 40;
/** A character has at most two UTF-16 units: whatever is kept of a word lies in so many. */
const TERM_MAX_UNITS = 2 * TERM_MAX_LENGTH;
/** Our limit: once a release has this many terms, the rest of its changelog is not searched. */
export const TERMS_MAX_COUNT = 3_000;
/** More words narrow a search no further. */
export const WORDS_MAX_COUNT = 8;
const WORD = /[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu;
const PIECE = /[\p{L}\p{N}]+/gu;

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

/**
 * Every term of a text, one after the other, with repetitions: at most two for each of its characters. A word may be the whole
 * text, so that only what can be kept of it is taken apart from its beginning.
 */
export function* termsIn(text: string): Generator<string> {
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    yield cut(word);
    for (const beginning of beginningsOf(word.slice(0, TERM_MAX_UNITS))) yield cut(beginning);
    for (const [piece] of word.matchAll(PIECE)) yield cut(piece);
  }
}

/** What a word or version begins with up to each of its separators, shortest first: `2` and `2.4` of `2.4.1`. */
function beginningsOf(word: string): string[] {
  return [...word.matchAll(/[._+-]/g)].map(({ index }) => word.slice(0, index)).filter((beginning) => beginning !== '');
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
  const lower = text.toLowerCase();
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
  const text = search.slice(0, LIMITS.searchText.most).toLowerCase();
  const words = [...text.matchAll(WORD)].map(([word]) => cut(/^v\d/.test(word) ? word.slice(1) : word));
  return [...new Set(words)].slice(0, WORDS_MAX_COUNT);
}
