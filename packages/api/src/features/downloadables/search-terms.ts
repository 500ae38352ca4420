import { parseVersion, type Platform } from '@slipway/shared';

/** Longest term that is kept; longer words are cut, on both sides of a search. */
const TERM_MAX_LENGTH = 40;
/** Our limit: once a release has this many terms, the rest of its changelog is not searched. */
const TERMS_MAX_COUNT = 3_000;
const WORD = /[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu;
const PIECE = /[\p{L}\p{N}]+/gu;

const cut = (word: string): string => [...word].slice(0, TERM_MAX_LENGTH).join('');

/** The terms under which a release is found: its version (2, 2.4, 2.4.1), and the words of name and changelog, each with its beginnings and pieces. */
export function termsOf(release: { readonly version: string; readonly name: string | null; readonly changelog: string }): string[] {
  const terms = new Set<string>(versionTerms(release.version));
  for (const [word] of `${release.name ?? ''}\n${release.changelog}`.toLowerCase().matchAll(WORD)) {
    if (terms.size >= TERMS_MAX_COUNT) break;
    terms.add(cut(word));
    for (const beginning of beginningsOf(word)) terms.add(cut(beginning));
    for (const [piece] of word.matchAll(PIECE)) terms.add(cut(piece));
  }
  return [...terms];
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
  const words = [...search.toLowerCase().matchAll(WORD)].map(([word]) => cut(/^v\d/.test(word) ? word.slice(1) : word));
  return [...new Set(words)].slice(0, 8);
}
