/** What the toolbar does to the changelog: text in, text and selection out. */

export interface EditedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type MarkdownEdit = 'BOLD' | 'ITALIC' | 'CODE' | 'LINK' | 'HEADING' | 'LIST' | 'NUMBERS';

const AROUND: Readonly<Partial<Record<MarkdownEdit, { readonly mark: string; readonly sample: string }>>> = {
  BOLD: { mark: '**', sample: 'bold' },
  ITALIC: { mark: '_', sample: 'italic' },
  CODE: { mark: '`', sample: 'code' },
};
const LINES: Readonly<Partial<Record<MarkdownEdit, (line: number) => string>>> = {
  HEADING: () => '### ',
  LIST: () => '- ',
  NUMBERS: (line) => `${line + 1}. `,
};

export function editMarkdown(edit: MarkdownEdit, at: EditedText): EditedText {
  const around = AROUND[edit];
  if (around) return wrap(at, around.mark, around.sample);
  const prefix = LINES[edit];
  return prefix ? prefixLines(at, prefix) : link(at);
}

/** Puts marks around the selection, or takes them away. */
function wrap({ text, start, end }: EditedText, mark: string, sample: string): EditedText {
  const chosen = text.slice(start, end);
  const isMarked = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (isMarked) return replace({ text, start: start - mark.length, end: end + mark.length }, chosen, 0);
  const inner = chosen === '' ? sample : chosen;
  return replace({ text, start, end }, `${mark}${inner}${mark}`, mark.length);
}

function link({ text, start, end }: EditedText): EditedText {
  const chosen = text.slice(start, end) || 'text';
  const made = `[${chosen}](https://)`;
  const before = start + chosen.length + 3;
  // The address is what is typed next.
  return { text: text.slice(0, start) + made + text.slice(end), start: before, end: before + 'https://'.length };
}

/** Begins every line of the selection with a mark, or takes it away when all have it. */
function prefixLines({ text, start, end }: EditedText, prefix: (line: number) => string): EditedText {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const isPrefixed = lines.every((line, place) => line.startsWith(prefix(place)));
  const changed = lines.map((line, place) => (isPrefixed ? line.slice(prefix(place).length) : `${prefix(place)}${line}`)).join('\n');
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length };
}

function replace({ text, start, end }: EditedText, made: string, margin: number): EditedText {
  return { text: text.slice(0, start) + made + text.slice(end), start: start + margin, end: start + made.length - margin };
}
