/** Letters that Unicode does not decompose into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** Accents, and vowel signs that Arabic and Hebrew may leave out; not those that make another letter (Japanese, Hindi, Thai). */
const MARKS = new RegExp(
  '[\\u{0300}-\\u{036f}\\u{0591}-\\u{05c7}\\u{064b}-\\u{065f}\\u{0670}\\u{1ab0}-\\u{1aff}\\u{1dc0}-\\u{1dff}\\u{20d0}-\\u{20ff}\\u{fe00}-\\u{fe2f}]',
  'gu',
);

/**
 * The form in which all searches compare texts: capitals, accents, full and half width, ligatures do not count.
 * `Zürich`, `ZURICH` and `Ｚｕｒｉｃｈ` are zurich, `Straße` is strasse.
 */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '');
  return plain.replace(LETTER, (letter) => LETTERS[letter] ?? letter).normalize('NFC');
}
