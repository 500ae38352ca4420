/** Texts that cost the most to take apart, by the kind of work they cause: each piece is repeated up to the length asked for. */
const REPEATED: Readonly<Record<string, string>> = {
  'one letter': 'a',
  'a letter and a dot': 'a.',
  'a letter and a hyphen': 'a-',
  'a letter and an underscore': 'a_',
  'one digit': '1',
  'a digit and a dot': '1.',
  dots: '.',
  hyphens: '-',
  'hyphens before a dot': '--.',
  blanks: ' ',
  tabs: '\t',
  'line breaks': '\n',
  'carriage returns and line breaks': '\r\n',
  emoji: '😀',
  'marks over one letter': '\u0301',
  'a letter that decomposes into eighteen': '\ufdfa',
  'hosts after hosts': '//a.b/',
  'open brackets': '[',
  images: '![',
  'links that never close': '[a](',
  'links in angle brackets that never close': '[a](<',
  'titles that never close': '[a](b "',
  'links in links': '[[a](b)](c)',
  references: '[a][',
  definitions: '[a]: b\n',
  quotes: '> ',
  'quotes without blanks': '>',
  'emphasis that never closes': '*a **a ',
  'underscores of both sides': '*a_ ',
  stars: '*',
  backticks: '`',
  'code spans of two lengths': '`a``b',
  strikethrough: '~~a',
  lists: '- ',
  'numbered lists': '1. ',
  'nested lists': '  - ',
  rules: '---\n',
  fences: '```\n',
  headings: '# a\n',
  tables: 'a|b\n-|-\n',
  cells: '| a ',
  pipes: '|',
  addresses: 'http://a.b/',
  'addresses with brackets': 'http://a.b/((',
  'addresses without a scheme': 'www.a.b(',
  'mail addresses': 'a@b.c ',
  'at signs': 'a@',
  'entities that never end': '&amp',
  'tags that never end': '<',
  'tags inside a line': '<b>a',
  'tags of lists': '<ul><li>',
  'tags with blank lines': '<details>\n\n- ',
  'attributes that never end': '<a href="',
  'comments that never end': '<!-- a ',
  boxes: '- [ ] a\n',
  'autolinks that never end': '<http://a',
  backslashes: '\\',
  comparators: '>=1 ',
  alternatives: '1||',
  'percent signs': '%',
  wildcards: '%_!',
  'quotation marks': '"',
  parentheses: '(',
};

/** One text made to cost the most, up to a length. */
export interface WorstShape {
  readonly name: string;
  /** @param length in UTF-16 units; the text is that long, or one less where a character would be cut */
  textOf(length: number): string;
}

const repeat = (piece: string, length: number): string => {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
};

/** Shapes that grow: each line or row is longer than the one before. */
const GROWING: readonly WorstShape[] = [
  {
    name: 'one long definition with many uses',
    textOf: (length) => (`[a]: http://x.example/${'z'.repeat(length / 4)}\n\n` + repeat('[a]', length)).slice(0, length),
  },
  { name: 'quotes, each deeper', textOf: (length) => growing(length, (index) => `${'>'.repeat(index)}\n`) },
  { name: 'lists, each deeper', textOf: (length) => growing(length, (index) => `${' '.repeat(2 * index)}- a\n`) },
  { name: 'backticks, each more', textOf: (length) => growing(length, (index) => `${'`'.repeat(index)} `) },
  { name: 'brackets that all close', textOf: (length) => '['.repeat(length / 2) + ']'.repeat(length / 2) },
  { name: 'stars around one letter', textOf: (length) => `${'*'.repeat((length - 1) / 2)}a${'*'.repeat((length - 1) / 2)}` },
  {
    name: 'a wide table of short rows',
    textOf: (length) => `${'a|'.repeat(64)}\n${'-|'.repeat(64)}\n${repeat('a|\n', length)}`.slice(0, length),
  },
  { name: 'a different word each time', textOf: (length) => growing(length, (index) => `w${index.toString(36)} `) },
  { name: 'a different piece each time', textOf: (length) => growing(length, (index) => `${index.toString(36)}.`) },
];

function growing(length: number, piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let index = 1, sum = 0; sum < length; index += 1) {
    const one = piece(index);
    pieces.push(one);
    sum += one.length;
  }
  return pieces.join('').slice(0, Math.max(0, length));
}

/** What every text field of the API is given at its full length. */
export const WORST_SHAPES: readonly WorstShape[] = [
  ...Object.entries(REPEATED).map(([name, piece]) => ({ name, textOf: (length: number) => repeat(piece, length) })),
  ...GROWING,
];
