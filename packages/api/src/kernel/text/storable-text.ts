/**
 * What is wrong with a text that no database keeps as it is, to go on after its name; null means good. SQLite cuts at a NUL, and
 * half of a character (a lone surrogate) becomes a question mark.
 */
export function faultOfText(text: string): string | null {
  if (text.includes('\0')) return 'has a NUL character (U+0000): remove it.';
  return HALF_A_CHARACTER.test(text) ? 'has half of a character (a lone surrogate): write the text anew.' : null;
}

const HALF_A_CHARACTER = /\p{Cs}/u;
