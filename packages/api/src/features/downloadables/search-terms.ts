import { parseVersion } from '@slipway/shared';

/** Longest term that is kept; longer words are cut, on both sides of a search. */
const TERM_MAX_LENGTH = 40;
/** At most this many different words of one release are searchable. */
const TERMS_MAX_COUNT = 2_000;
const WORD = /[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu;
const PIECE = /[\p{L}\p{N}]+/gu;

const cut = (word: string): string => [...word].slice(0, TERM_MAX_LENGTH).join('');

/** The terms under which a release is found: its version with its prefixes (2, 2.4, 2.4.1), and the words of name and changelog. */
export function termsOf(release: { readonly version: string; readonly name: string | null; readonly changelog: string }): string[] {
  const terms = new Set<string>(versionTerms(release.version));
  for (const [word] of `${release.name ?? ''}\n${release.changelog}`.toLowerCase().matchAll(WORD)) {
    if (terms.size >= TERMS_MAX_COUNT) break;
    terms.add(cut(word));
    for (const [piece] of word.matchAll(PIECE)) terms.add(cut(piece));
  }
  return [...terms];
}

function versionTerms(text: string): string[] {
  const lower = text.toLowerCase();
  const parsed = parseVersion(text);
  if (!parsed.ok) return [cut(lower)];
  const numbers = parsed.value.numbers.map(String);
  const prefixes = numbers.map((_, index) => numbers.slice(0, index + 1).join('.'));
  return [lower, lower.replace(/^v/, ''), ...prefixes, ...parsed.value.prerelease.map((part) => part.toLowerCase())].map(cut);
}

/** The words of a search; the last one may still be being typed. */
export function searchWords(search: string): string[] {
  const words = [...search.toLowerCase().matchAll(WORD)].map(([word]) => cut(/^v\d/.test(word) ? word.slice(1) : word));
  return [...new Set(words)].slice(0, 8);
}
