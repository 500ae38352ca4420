import MarkdownIt, { type Token } from 'markdown-it';

/** Length of the excerpt that lists show. */
const EXCERPT_MAX_LENGTH = 300;
/** Together the addresses of a changelog's links are at most this long, or some times its own length, as in cmark. */
const ADDRESSES_MIN_LENGTH = 100_000;
const ADDRESSES_PER_CHARACTER = 4;

/**
 * CommonMark with GFM tables and strikethrough. Raw HTML stays text, and only whole http, https and mailto addresses become
 * links: a release is read in the console, in the portal and in mail, so that a relative one leads nowhere, and another scheme
 * starts a program. Images would load from elsewhere, so they stay links.
 */
export const renderer = new MarkdownIt({ html: false, linkify: true }).disable('image');
// `//host/` is no address that we link, and looking for it takes time that grows with the square of the text.
renderer.linkify.add('//', null);
renderer.validateLink = (url) => /^(?:https?:\/\/[^/?#\\]|mailto:[^/])/i.test(url);

const renderLink = renderer.renderer.rules['link_open'];
renderer.renderer.rules['link_open'] = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  tokens[index]?.attrSet('target', '_blank');
  return renderLink ? renderLink(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
};

/** The HTML of a changelog, for console and portal alike. */
export function renderChangelog(markdown: string): string {
  const environment = {};
  const tokens = renderer.parse(markdown, environment);
  if (addressesIn(tokens) > Math.max(ADDRESSES_MIN_LENGTH, ADDRESSES_PER_CHARACTER * markdown.length))
    return renderer.render(withoutReferences(markdown));
  return renderer.renderer.render(tokens, renderer.options, environment);
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

/** The first line of a changelog that says something, as plain text, up to 300 characters: headings only when there is nothing else. */
export function excerptOf(markdown: string): string {
  const tokens = renderer.parse(markdown.slice(0, 10 * EXCERPT_MAX_LENGTH), {});
  const lines = tokens.flatMap((token, index) => {
    const text = token.type === 'inline' ? plainTextOf(token) : '';
    return text === '' ? [] : [{ text, isHeading: tokens[index - 1]?.type === 'heading_open' }];
  });
  const line = lines.find((candidate) => !candidate.isHeading) ?? lines[0];
  return line?.text.slice(0, EXCERPT_MAX_LENGTH) ?? '';
}

function plainTextOf({ children }: { readonly children: readonly { readonly type: string; readonly content: string }[] | null }): string {
  const text = (children ?? []).map((token) => (token.type === 'softbreak' ? ' ' : token.content)).join('');
  return text.replace(/\s+/g, ' ').trim();
}
