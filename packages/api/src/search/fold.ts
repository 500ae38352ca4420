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
const MARK_RANGES = ['0300-036f', '0591-05c7', '064b-065f', '0670-0670', '1ab0-1aff', '1dc0-1dff', '20d0-20ff', 'fe00-fe2f'];
const MARKS = new RegExp(`[${MARK_RANGES.map((range) => range.replace(/[0-9a-f]{4}/g, '\\u$&')).join('')}]`, 'g');

/**
 * The form in which all searches compare texts: capitals, accents, full and half width, ligatures do not count.
 * `Zürich`, `ZURICH` and `Ｚｕｒｉｃｈ` are zurich, `Straße` is strasse.
 */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '');
  return plain.replace(LETTER, (letter) => LETTERS[letter] ?? letter).normalize('NFC');
}
