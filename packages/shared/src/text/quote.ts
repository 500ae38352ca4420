import { listMessages as words } from '../messages/fields.js';

/** Longest piece of someone's text that a message repeats, in UTF-16 units (chosen: it fits one line of a form). */
const QUOTE_MAX_LENGTH = 60;

/** Puts the caller's own text in quotes for a message, cut so that a huge value cannot flood a log or a page. */
export function quote(text: string): string {
  const shown = text.length > QUOTE_MAX_LENGTH ? `${text.slice(0, QUOTE_MAX_LENGTH)}...` : text;
  return `"${shown}"`;
}

/** Joins words as people write them: `a`, `a or b`, `a, b or c`. */
export function joinOr(listed: readonly string[]): string {
  const last = listed.at(-1);
  if (last === undefined) return words.nothing;
  return listed.length === 1 ? last : `${listed.slice(0, -1).join(', ')} ${words.or} ${last}`;
}

/** Joins words that all hold: `a`, `a and b`, `a, b and c`. */
export function joinAnd(listed: readonly string[]): string {
  const last = listed.at(-1);
  if (last === undefined) return words.nothing;
  return listed.length === 1 ? last : `${listed.slice(0, -1).join(', ')} ${words.and} ${last}`;
}
