import { CHANGELOG_MAX_LENGTH } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { WORST_SHAPES } from '../../../testing/input/worst-shapes.cases.js';
import { searchTerms } from '../../customers/customer-terms.js';
import { renderChangelog } from '../changelog/changelog.js';
import { countRuleCalls } from '../changelog/changelog-counts.cases.js';
import { excerptOf } from '../changelog/excerpt.js';
import { termsIn } from '../../../search/words.js';
import { searchWords, TERMS_MAX_COUNT, termsOf, WORDS_MAX_COUNT } from '../projection/search-terms.js';

const CHANGELOGS = WORST_SHAPES.map(({ name, textOf }) => [name, textOf(CHANGELOG_MAX_LENGTH)] as const);
/** Characters of HTML for one of Markdown: a table's empty cells are the most that a character becomes. */
const HTML_PER_CHARACTER = 32;
/** Calls of a rule of the parser for one character, all its rules together. */
const CALLS_PER_CHARACTER = 64;

/** How many characters are taken out of texts one by one (`[...text]`, `for (const character of text)`) during some work. */
function countWalked(work: () => void): number {
  const prototype = String.prototype as { [Symbol.iterator]: () => StringIterator<string> };
  const original = prototype[Symbol.iterator];
  let walked = 0;
  prototype[Symbol.iterator] = function* (this: string) {
    for (const characters = original.call(this); ; walked += 1) {
      const { done, value } = characters.next();
      if (done) return;
      yield value;
    }
  } as typeof original;
  try {
    work();
  } finally {
    prototype[Symbol.iterator] = original;
  }
  return walked;
}

describe.each(CHANGELOGS)('the longest changelog of %s', (_name, text) => {
  it('has at most two terms for each character, and none is longer than can be kept', () => {
    let [count, longest] = [0, 0];
    const walked = countWalked(() => {
      for (const term of termsIn(text)) {
        count += 1;
        longest = Math.max(longest, term.length);
      }
    });
    expect(count).toBeLessThanOrEqual(2 * text.length);
    expect(longest).toBeLessThanOrEqual(80);
    expect(walked).toBeLessThanOrEqual(80 * count);
    expect(termsOf({ version: '1.0', name: null, changelog: text }).length).toBeLessThanOrEqual(TERMS_MAX_COUNT + 3);
  });

  it('is rendered in a number of steps that grows with its length and no faster', () => {
    const [half, whole] = [text.slice(0, text.length / 2), text].map(countRuleCalls);
    expect(whole).toBeLessThanOrEqual(CALLS_PER_CHARACTER * text.length);
    expect(whole).toBeLessThanOrEqual(3 * (half ?? 0) + 1_000);
    expect(renderChangelog(text).length).toBeLessThanOrEqual(HTML_PER_CHARACTER * text.length);
    expect(excerptOf(text).length).toBeLessThanOrEqual(300);
  });

  it('as a search is cut before it is taken apart', () => {
    expect(searchWords(text).length).toBeLessThanOrEqual(WORDS_MAX_COUNT);
    expect(searchTerms(text).length).toBeLessThanOrEqual(6);
    for (const word of [...searchWords(text), ...searchTerms(text)]) expect(word.length).toBeLessThanOrEqual(160);
  });
});
