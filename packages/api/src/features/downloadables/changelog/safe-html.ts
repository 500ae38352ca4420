import type { Token } from 'markdown-it';
import { isAddress } from './links.js';
import { attributeOf, PARENTS, piecesOf, SIBLINGS, type Tag } from './html-tags.js';

/** Deeper than this, tags are dropped: browsers flatten what is nested in hundreds. */
const MAX_DEPTH = 32;
/** In these the text runs in lines: a list or a box would tear them apart. */
const LINES = new Set(['p', 'summary', 'h', 'a', 'dt', 'pre']);

interface Open {
  /** `h` for a heading of any level. */
  readonly name: string;
  readonly tag: string;
  /** What a token of the Markdown opened, only a token of it closes. */
  readonly isMarkdown: boolean;
}

type MakeToken = (type: string, content: string) => Token;

/**
 * Keeps HTML in order while tokens pass: an end belongs to a beginning of the same level, what is left open ends with the
 * element of the Markdown around it, and a tag that has no place where it stands is dropped.
 */
export class TagOrder {
  readonly #open: Open[] = [];

  constructor(
    private readonly make: MakeToken,
    private readonly decode: (text: string) => string,
    private readonly normalize: (url: string) => string,
  ) {}

  /** The tokens to put in place of one of the Markdown. */
  pass(token: Token): Token[] {
    if (token.type === 'html_block' || token.type === 'html_inline') return this.#html(token.content);
    if (token.hidden || token.nesting === 0) return [token];
    if (token.nesting === -1) return [...this.#closeTo(this.#open.findLastIndex(({ isMarkdown }) => isMarkdown)), token];
    // A link ends where another begins: there are none within links.
    const html = token.tag === 'a' ? this.#open.findLastIndex(({ name, isMarkdown }) => name === 'a' && !isMarkdown) : -1;
    const ended = html < 0 ? [] : this.#closeTo(html);
    this.#push(token.tag, true);
    return [...ended, token];
  }

  /** Ends all that is open still. */
  end(): Token[] {
    return this.#closeTo(0);
  }

  #html(html: string): Token[] {
    return piecesOf(html).flatMap((piece) => {
      if (typeof piece === 'string') return [this.make('text', this.decode(piece))];
      return piece.isEnd ? this.#ended(piece) : this.#begun(piece);
    });
  }

  #begun(tag: Tag): Token[] {
    if (tag.use === 'dropped') return [];
    if (tag.use === 'image') return this.#image(tag);
    const before =
      SIBLINGS.has(tag.name) && this.#top?.name === tag.name && !this.#top.isMarkdown ? this.#closeTo(this.#open.length - 1) : [];
    return [...before, ...(this.#fits(tag) ? this.#written(tag) : [])];
  }

  #written(tag: Tag): Token[] {
    if (tag.use === 'void') return [this.make('safe_html', `<${tag.name}>`)];
    if (tag.use === 'link') return this.#link(tag);
    this.#push(tag.name, false);
    if (tag.use === 'heading') return [Object.assign(this.make('heading_open', ''), { tag: tag.name })];
    const isShown = tag.name === 'details' && attributeOf(tag, 'open') !== null;
    return [this.make('safe_html', isShown ? '<details open>' : `<${tag.name}>`)];
  }

  #link(tag: Tag): Token[] {
    const href = this.#address(tag, 'href');
    if (href === null) return [];
    this.#push('a', false);
    return [linkTo(this.make, href)];
  }

  #image(tag: Tag): Token[] {
    const name = this.decode(attributeOf(tag, 'alt') ?? '');
    const href = this.#address(tag, 'src');
    if (this.#isInLink) return [this.make('text', name || 'image')];
    if (href === null) return name ? [this.make('text', name)] : [];
    return [linkTo(this.make, href), this.make('text', name || 'image'), this.make('link_close', '')];
  }

  #address(tag: Tag, attribute: string): string | null {
    const url = this.normalize(this.decode(attributeOf(tag, attribute) ?? '').trim());
    return isAddress(url) ? url : null;
  }

  #ended(tag: Tag): Token[] {
    if (/^t[dhr]$/.test(tag.name)) return [this.make('text', ' ')];
    const name = groupOf(tag.name);
    const at = this.#open.findLastIndex((open) => open.isMarkdown || open.name === name);
    return at >= 0 && this.#open[at]?.isMarkdown === false ? this.#closeTo(at) : [];
  }

  /** Ends the elements of HTML from a place on; an element of the Markdown there only leaves the list. */
  #closeTo(from: number): Token[] {
    return this.#open
      .splice(Math.max(from, 0))
      .toReversed()
      .flatMap(({ name, tag, isMarkdown }) => {
        if (isMarkdown) return [];
        if (name === 'a') return [this.make('link_close', '')];
        return [name === 'h' ? Object.assign(this.make('heading_close', ''), { tag }) : this.make('safe_html', `</${name}>`)];
      });
  }

  #push(tag: string, isMarkdown: boolean): void {
    this.#open.push({ name: groupOf(tag), tag, isMarkdown });
  }

  get #top(): Open | undefined {
    return this.#open.at(-1);
  }

  get #isInLink(): boolean {
    return this.#open.some(({ name }) => name === 'a');
  }

  #fits(tag: Tag): boolean {
    const htmlDepth = this.#open.reduce((sum, { isMarkdown }) => sum + (isMarkdown ? 0 : 1), 0);
    if (htmlDepth >= MAX_DEPTH) return false;
    if (tag.use === 'link') return !this.#isInLink;
    const parents = PARENTS[tag.name];
    if (parents) return parents.includes(this.#top?.name ?? '');
    const isBlock = tag.use === 'flow' || tag.use === 'heading' || tag.name === 'hr';
    return !isBlock || !this.#open.some(({ name }) => LINES.has(name));
  }
}

const groupOf = (tag: string): string => (/^h[1-6]$/.test(tag) ? 'h' : tag);

const linkTo = (make: MakeToken, href: string): Token => {
  const token = make('link_open', '');
  token.attrSet('href', href);
  return token;
};
