/** What becomes of a tag that vendors write between their Markdown. A tag on no list here is text: `<T>` and `<Window>` are words. */
type TagUse =
  | 'flow' // stands for itself between paragraphs: a list, a quotation
  | 'inline' // stands for itself inside a line
  | 'void' // stands for itself and has no end
  | 'heading' // h1 to h6: lowered as those of the Markdown are
  | 'link'
  | 'image'
  | 'dropped'; // only its content is shown

const NAMES: Readonly<Record<TagUse, string>> = {
  flow: 'details summary ul ol li p pre blockquote dl dt dd',
  inline: 'code small kbd sub sup b strong i em s del ins u samp var mark q cite',
  void: 'br hr',
  heading: 'h1 h2 h3 h4 h5 h6',
  link: 'a',
  image: 'img',
  dropped:
    'span div font center big tt nobr wbr strike abbr address section article aside header footer nav main figure figcaption picture source video ' +
    'table thead tbody tfoot tr td th caption colgroup col',
};

const USES: ReadonlyMap<string, TagUse> = new Map(
  Object.entries(NAMES).flatMap(([use, names]) => names.split(' ').map((name): [string, TagUse] => [name, use as TagUse])), // The keys are TagUse.
);
/** Only these interrupt a paragraph and begin a block of HTML, which ends at a blank line (CommonMark, block of kind 6). */
const BLOCK_NAMES = new Set(
  (NAMES.flow + ' hr ' + NAMES.heading + ' ' + NAMES.dropped.replace(/\b(?:span|font|big|tt|nobr|wbr|strike|abbr|picture)\b/g, '')).split(
    ' ',
  ),
);
/** `<li>` after `<li>` needs no end, as in HTML. */
export const SIBLINGS = new Set(['li', 'dt', 'dd', 'p']);
/** Where a tag makes sense only inside some others. */
export const PARENTS: Readonly<Record<string, readonly string[]>> = {
  summary: ['details'],
  li: ['ul', 'ol'],
  dt: ['dl'],
  dd: ['dl'],
};

/** A tag as CommonMark writes it, or a comment, which may lack its end. */
const NAME = '[A-Za-z][A-Za-z0-9-]*';
const ATTRIBUTE = `\\s+[A-Za-z_:][A-Za-z0-9:._-]*(?:\\s*=\\s*(?:[^"'=<>\`\\x00-\\x20]+|'[^']*'|"[^"]*"))?`;
const TAG = `<(/?)(${NAME})((?:${ATTRIBUTE})*)\\s*/?>`;
const ATTRIBUTE_PARTS = /([A-Za-z_:][A-Za-z0-9:._-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'=<>`\s]+)))?/g;

export interface Tag {
  readonly name: string;
  readonly use: TagUse;
  readonly isEnd: boolean;
  /** Attributes as they are written, entities and all. */
  readonly attributes: string;
}

function knownTag([, slash, name = '', attributes = '']: readonly (string | undefined)[]): Tag | null {
  const use = USES.get(name.toLowerCase());
  return use ? { name: name.toLowerCase(), use, isEnd: slash === '/', attributes } : null;
}

export function attributeOf(tag: Tag, wanted: string): string | null {
  for (const [, name, ...values] of tag.attributes.matchAll(ATTRIBUTE_PARTS))
    if (name?.toLowerCase() === wanted) return values.find((value) => value !== undefined) ?? '';
  return null;
}

const TAG_HERE = new RegExp(TAG, 'y');

/** Length of the known tag that begins at a place of a text, 0 when none does. */
export function tagLengthAt(text: string, at: number): number {
  TAG_HERE.lastIndex = at;
  const match = TAG_HERE.exec(text);
  return match && knownTag(match) ? match[0].length : 0;
}

/** How a line begins a block of HTML: `comment` ends with `-->`, `pre` with its own end, `block` and `line` with a blank line. */
export function blockStartOf(line: string): 'comment' | 'pre' | 'block' | 'line' | null {
  if (line.startsWith('<!--')) return 'comment';
  const name = /^<\/?([A-Za-z][A-Za-z0-9]*)(?=[\s/>]|$)/.exec(line)?.[1]?.toLowerCase();
  if (name === undefined || !USES.has(name)) return null;
  if (name === 'pre' && !line.startsWith('</')) return 'pre';
  if (BLOCK_NAMES.has(name)) return 'block';
  const length = tagLengthAt(line, 0);
  return length > 0 && line.slice(length).trim() === '' ? 'line' : null;
}

/** HTML taken apart: known tags, and the text between them (unknown tags are part of it). Comments are gone. */
export function piecesOf(html: string): (Tag | string)[] {
  const pieces: (Tag | string)[] = [];
  let [text, last] = ['', 0];
  for (const match of html.matchAll(new RegExp(`<!--[^]*?(?:-->|$)|${TAG}`, 'g'))) {
    text += html.slice(last, match.index);
    last = match.index + match[0].length;
    const tag = match[2] === undefined ? null : knownTag(match);
    if (tag) {
      pieces.push(text, tag);
      text = '';
    } else if (match[2] !== undefined) text += match[0];
  }
  pieces.push(text + html.slice(last));
  return pieces.filter((piece) => piece !== '');
}
