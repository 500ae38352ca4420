import MarkdownIt, { type StateBlock, type StateCore, type StateInline, type Token } from 'markdown-it';
import { blockStartOf, tagLengthAt } from './html-tags.js';
import { realLinks } from './links.js';
import { noteOf, taskOf } from './notes.js';
import { TagOrder } from './safe-html.js';

/**
 * Markdown as GitHub reads it: CommonMark with tables, strikethrough, task boxes, notes and a fixed list of HTML tags, which
 * are written anew; anything else between angle brackets is text. Only real addresses are links.
 */
export const renderer = new MarkdownIt({ html: false, linkify: true });

// `README.md` and `core.io` are files and modules: an address without a scheme begins with `www.`, as on GitHub.
renderer.linkify.set({ fuzzyLink: false });
// `//host/` is no address that we link, and looking for it takes time that grows with the square of the text.
renderer.linkify.add('//', null);
/** More of a text than an address is long. */
const LONGEST_ADDRESS = 2_000;
renderer.linkify.add('www.', {
  validate: (text, at, linkify) => {
    const rest = text.slice(at, at + LONGEST_ADDRESS);
    return /^[a-z0-9-]+\.[a-z]/i.test(rest) ? Math.max(0, linkify.testSchemaAt(`http://www.${rest}`, 'http:', 5) - 6) : 0;
  },
  normalize: (match) => (match.url = `http://${match.url}`),
});
// What is no address is text: `realLinks` sees to it, when the words of the link are known.
renderer.validateLink = () => true;

renderer.block.ruler.at('html_block', htmlBlock, { alt: ['paragraph', 'reference', 'blockquote'] });
renderer.inline.ruler.at('html_inline', htmlInline);
renderer.core.ruler.push('written_anew', writtenAnew);

const { rules } = renderer.renderer;
rules['safe_html'] = (tokens, index) => tokens[index]?.content ?? '';
// Nobody's tags are passed on as they are.
rules['html_block'] = rules['html_inline'] = (tokens, index) => renderer.utils.escapeHtml(tokens[index]?.content ?? '');
rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  tokens[index]?.attrSet('target', '_blank');
  return self.renderToken(tokens, index, options);
};

const BLOCK_ENDS = { comment: /-->/, pre: /<\/pre>/i } as const;

function htmlBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const line = (at: number): string => state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]);
  const start = line(startLine).startsWith('<') ? blockStartOf(line(startLine)) : null;
  if (start === null) return false;
  if (silent) return start !== 'line';
  const end = start === 'comment' || start === 'pre' ? BLOCK_ENDS[start] : null;
  let next = startLine;
  while (next < endLine && !((state.sCount[next] ?? 0) < state.blkIndent && !state.isEmpty(next))) {
    if (!end && state.isEmpty(next)) break;
    next += 1;
    if (end?.test(line(next - 1))) break;
  }
  state.line = next;
  const token = state.push('html_block', '', 0);
  token.map = [startLine, next];
  token.content = state.getLines(startLine, next, state.blkIndent, true);
  return true;
}

function htmlInline(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 60) return false;
  const end = state.src.startsWith('<!--', state.pos) ? commentEnd(state) : state.pos + tagLengthAt(state.src, state.pos);
  if (end <= state.pos || end > state.posMax) return false;
  if (!silent) {
    const { content } = Object.assign(state.push('html_inline', '', 0), { content: state.src.slice(state.pos, end) });
    if (/^<\/?a[\s>]/i.test(content)) state.linkLevel += content.startsWith('</') ? -1 : 1;
  }
  state.pos = end;
  return true;
}

/** Lines in which no comment ends any more: looked through once. */
const withoutEnd = new WeakSet<StateInline>();

function commentEnd(state: StateInline): number {
  if (withoutEnd.has(state)) return -1;
  const end = state.src.indexOf('-->', state.pos + 2);
  if (end < 0) withoutEnd.add(state);
  return end < 0 ? -1 : end + 3;
}

/** The last step of the parser: links, images, boxes, notes and tags as we show them. */
function writtenAnew(state: StateCore): void {
  const make = (type: string, tag: string, nesting: -1 | 0 | 1): Token => new state.Token(type, tag, nesting);
  const order = new TagOrder(makeSafe(state), decoded, (url) => renderer.normalizeLink(url));
  const { tokens } = state;
  const written = tokens.flatMap((token, index) => {
    if (token.type !== 'inline') return order.pass(token);
    const children = realLinks(token.children ?? [], make);
    const known = taskOf(tokens, index, children) ?? noteOf(tokens, index, children) ?? children;
    token.children = known.flatMap((child) => order.pass(child));
    return [token];
  });
  state.tokens = [...written, ...order.end()];
}

const LINK_TOKENS: Readonly<Record<string, 1 | -1>> = { link_open: 1, link_close: -1 };

const makeSafe =
  (state: StateCore) =>
  (type: string, content: string): Token =>
    Object.assign(
      new state.Token(
        type,
        type in LINK_TOKENS ? 'a' : '',
        LINK_TOKENS[type] ?? (type === 'heading_open' ? 1 : type === 'heading_close' ? -1 : 0),
      ),
      {
        content,
      },
    );

/** Text of HTML: entities become characters, and a backslash is one. */
const decoded = (text: string): string => renderer.utils.unescapeAll(text.replaceAll('\\', '\\\\'));
