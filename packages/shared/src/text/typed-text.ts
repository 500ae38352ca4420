/** Which characters a typed text may have: what nobody sees may not change what others read. */
import { fieldMessages } from '../messages/fields.js';

/** What makes a text read other than it is: overrides and isolates of the writing direction, tag characters, halves of a character. */
const DECEIVING = String.raw`\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}`;
const LINE_BREAK = String.raw`\n\r\u2028\u2029\u0085\v\f`;
/** Takes no place at all. The joiners (U+200C, U+200D) are not among them: Persian, Hindi and emoji are written with them. */
const ZERO_WIDTH = String.raw`\u00ad\u180e\u200b\u2060-\u2064\ufeff`;

/** A joiner joins: at the beginning it has nothing to join, and at the end only the older spelling of some Indic letters has one. */
const LOOSE_JOINER = String.raw`^[\u200c\u200d]|(?<!\p{M})[\u200c\u200d]$`;
/** The flags of England, Scotland and Wales are a flag and tags. */
const FLAG_OF_TAGS = String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{1,10}\u{e007f}`;

const NOT_IN_LINE = new RegExp(`${FLAG_OF_TAGS}|([\\p{Cc}${LINE_BREAK}${ZERO_WIDTH}${DECEIVING}]|${LOOSE_JOINER})`, 'gu');
/** Editors put embeddings and isolates around Hebrew and Arabic in running text; only overrides make it read other than it is. */
const NOT_IN_PARAGRAPHS = new RegExp(`${FLAG_OF_TAGS}|[\\u202a-\\u202c\\u2066-\\u2069]|((?![\\t\\n\\r])[\\p{Cc}${DECEIVING}])`, 'gu');
const BREAKS = new RegExp(`[${LINE_BREAK}]`, 'u');
/** Something that leaves ink: U+2800 is a letter of Braille without a dot. */
const VISIBLE = /[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\p{Mn}\u2800]/u;

/** Whether anybody sees anything of a text. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** What is wrong with the characters of a one-line text, to go on after its label; null means good. */
export function faultOfLine(text: string): string | null {
  return describe(firstOf(text, NOT_IN_LINE));
}

/** The same of a text with paragraphs, in which tabs and line breaks are fine. */
export function faultOfParagraphs(text: string): string | null {
  return describe(firstOf(text, NOT_IN_PARAGRAPHS));
}

/** The first match that is no exception: those have no group. */
function firstOf(text: string, pattern: RegExp): RegExpMatchArray | null {
  for (const match of text.matchAll(pattern)) if (match[1] !== undefined) return match;
  return null;
}

function describe(match: RegExpMatchArray | null): string | null {
  if (!match) return null;
  const codePoint = match[0].codePointAt(0) ?? 0;
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const position = (match.index ?? 0) + 1;
  if (BREAKS.test(match[0])) return fieldMessages.lineBreak(name, position);
  return fieldMessages.invisible(name, position);
}
