import { firstCharacters } from '../kernel/text/first-characters.js';
import { fold } from './fold.js';

/** Longest term that is kept, in characters; longer words are cut, on both sides of a search. */
const TERM_MAX_LENGTH = 40;
/** A character has at most two UTF-16 units: whatever is kept of a word lies in so many. */
const TERM_MAX_UNITS = 2 * TERM_MAX_LENGTH;
const WORD = /[\p{L}\p{N}\p{M}]+(?:[._-][\p{L}\p{N}\p{M}]+)*/gu;
const PIECE = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that are written without spaces between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc\\uff70\\uff9e\\uff9f';
const RUN = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}]*|[^${UNSPACED}]+`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

const cut = (word: string): string => firstCharacters(word, TERM_MAX_LENGTH);
/** A word as it is compared: what it folds to, letters and numbers only. */
const foldWord = (word: string): string => cut(fold(word.slice(0, TERM_MAX_UNITS)).replace(/\s+/g, ''));

/**
 * Every term under which a text is found, one after the other, with repetitions: at most two for each of its characters. Words
 * with what they begin with up to each of their separators, and their pieces; of writing without spaces every two characters.
 */
export function* termsIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(WORD)) {
    const folded = isSpaced(word) ? foldWord(word) : '';
    if (folded !== '') yield folded;
    for (const beginning of beginningsOf(folded)) yield beginning;
    for (const [piece] of word.matchAll(PIECE)) yield* termsOfPiece(piece);
  }
}

/** The terms to look for of one typed word with its separators: itself, or what it is made of where that has no spaces. */
export function* searchedIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(WORD)) {
    if (isSpaced(word)) yield* written(foldWord(word));
    else for (const [piece] of word.matchAll(PIECE)) yield* runsOf(piece, pairsAskedOf);
  }
}

/** What a word or version begins with up to each of its separators, shortest first: `2` and `2.4` of `2.4.1`. */
export function beginningsOf(word: string): string[] {
  return [...word.matchAll(/[._+-]/g)].map(({ index }) => word.slice(0, index)).filter((beginning) => beginning !== '');
}

const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`, 'u');
const isSpaced = (word: string): boolean => !UNSPACED_LETTER.test(word);

function* termsOfPiece(piece: string): Generator<string> {
  if (isSpaced(piece)) yield* written(foldWord(piece));
  else yield* runsOf(piece, pairsKeptOf);
}

/** A word in which scripts meet (`株式会社ABC`), each for itself. */
function* runsOf(piece: string, pairsOf: (run: string) => Iterable<string>): Generator<string> {
  for (const [run] of piece.matchAll(RUN)) {
    if (IS_UNSPACED.test(run)) yield* pairsOf(run);
    else yield* written(foldWord(run));
  }
}

/** A word of accents alone folds to nothing. */
const written = (word: string): readonly string[] => (word === '' ? [] : [word]);

/** Every two characters, and the last one, which no two begin with. */
function* pairsKeptOf(run: string): Generator<string> {
  let before = '';
  for (const character of fold(run)) {
    if (before !== '') yield before + character;
    before = character;
  }
  if (before !== '') yield before;
}

function* pairsAskedOf(run: string): Generator<string> {
  let [before, count] = ['', 0];
  for (const character of fold(run)) {
    if (count > 0) yield before + character;
    before = character;
    count += 1;
  }
  if (count === 1) yield before;
}
