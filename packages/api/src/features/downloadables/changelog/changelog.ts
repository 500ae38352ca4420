import type { Token } from 'markdown-it';
import { renderer } from './markdown.js';

/** Together the addresses of a changelog's links are at most this long, or some times its own length, as in cmark. */
const ADDRESSES_MIN_LENGTH = 100_000;
const ADDRESSES_PER_CHARACTER = 4;
/** Console, portal and preview show a changelog under a heading of the second level. */
const FIRST_HEADING_LEVEL = 3;
const LAST_HEADING_LEVEL = 6;

/** The HTML of a changelog, for console and portal alike. */
export function renderChangelog(markdown: string): string {
  const tokens = renderer.parse(markdown, {});
  if (addressesIn(tokens) <= Math.max(ADDRESSES_MIN_LENGTH, ADDRESSES_PER_CHARACTER * markdown.length)) return htmlOf(tokens);
  return htmlOf(renderer.parse(withoutReferences(markdown), {}));
}

function htmlOf(tokens: Token[]): string {
  lowerHeadings(tokens);
  return renderer.renderer.render(tokens, renderer.options, {});
}

/**
 * The highest heading that is used comes right below the page's own, the others keep their distance to it: some changelogs
 * begin with `#`, some with `###`, and the page's outline has no gap either way.
 */
function lowerHeadings(tokens: readonly Token[]): void {
  const headings = tokens.flatMap((token) => [token, ...(token.children ?? [])]).filter(({ type }) => type.startsWith('heading_'));
  const level = ({ tag }: Token): number => Number(tag.slice(1));
  const highest = headings.reduce((least, token) => Math.min(least, level(token)), LAST_HEADING_LEVEL);
  for (const token of headings) token.tag = `h${Math.min(LAST_HEADING_LEVEL, level(token) - highest + FIRST_HEADING_LEVEL)}`;
}

/** Addresses and titles of all links: one definition (`[a]: https://...`) may be used in thousands of places. */
function addressesIn(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => {
    const own = token.type === 'link_open' ? (token.attrs ?? []).reduce((length, [, value]) => length + String(value).length, 0) : 0;
    return sum + own + addressesIn(token.children ?? []);
  }, 0);
}

/** Definitions become text, and so do their uses: what was meant to blow up a page is shown as it was typed. */
const withoutReferences = (markdown: string): string => markdown.replace(/\]:/g, ']\\:');
