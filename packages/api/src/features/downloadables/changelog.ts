import MarkdownIt from 'markdown-it';

/** Length of the excerpt that lists show. */
const EXCERPT_MAX_LENGTH = 300;

/**
 * CommonMark with GFM tables and strikethrough. Raw HTML stays text, and only whole http, https and mailto addresses become
 * links: a release is read in the console, in the portal and in mail, so that a relative one leads nowhere, and another scheme
 * starts a program. Images would load from elsewhere, so they stay links.
 */
export const renderer = new MarkdownIt({ html: false, linkify: true }).disable('image');
renderer.validateLink = (url) => /^(?:https?:\/\/[^/?#\\]|mailto:[^/])/i.test(url);

const renderLink = renderer.renderer.rules['link_open'];
renderer.renderer.rules['link_open'] = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  tokens[index]?.attrSet('target', '_blank');
  return renderLink ? renderLink(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
};

/** The HTML of a changelog, for console and portal alike. */
export function renderChangelog(markdown: string): string {
  return renderer.render(markdown);
}

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
