import type { Token } from 'markdown-it';

/** A name and a host whose last part is letters: `core-lib@24.13.0`, `lib@1.2.3-beta.rc` and `vue@next` are packages. */
const MAIL_ADDRESS = /^mailto:[^/@\s?]+@(?!v?\d+\.(?:\d+|x)\b)(?:[^\s@/?.]+\.)+[\p{L}]{2,63}(?:\?|$)/iu;

/**
 * Whether an address leads somewhere: a release is read in the console, in the portal and in mail, so that a relative one
 * leads nowhere, and another scheme starts a program.
 */
export const isAddress = (url: string): boolean => /^https?:\/\/[^/?#\\]/i.test(url) || MAIL_ADDRESS.test(decoded(url));

/** The address as it was typed: hosts are checked in letters. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

const UNNAMED_IMAGE = 'image';

/** The tokens of one line in which only real addresses are links, and images, which would load from elsewhere, links as well. */
export function realLinks(tokens: readonly Token[], make: (type: string, tag: string, nesting: -1 | 0 | 1) => Token): Token[] {
  let isInLink = false;
  const text = (content: string): Token => Object.assign(make('text', '', 0), { content });
  const brackets = (token: Token, content: string): Token[] => (token.markup === 'autolink' ? [text(content)] : []);
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') {
      isInLink = isAddress(String(token.attrGet('href') ?? ''));
      return isInLink ? [token] : brackets(token, '<');
    }
    if (token.type === 'link_close') {
      const wasInLink = isInLink;
      isInLink = false;
      return wasInLink ? [token] : brackets(token, '>');
    }
    if (token.type !== 'image') return [token];
    const name = nameOf(token);
    const href = String(token.attrGet('src') ?? '');
    if (isInLink || !isAddress(href)) return [text(name || (isInLink ? UNNAMED_IMAGE : ''))];
    const open = make('link_open', 'a', 1);
    open.attrSet('href', href);
    return [open, text(name || UNNAMED_IMAGE), make('link_close', 'a', -1)];
  });
}

/** What stands for an image: its alternative text. */
function nameOf({ children }: Token): string {
  return (children ?? [])
    .map((child) => (child.type === 'image' ? nameOf(child) : child.type === 'softbreak' ? ' ' : child.content))
    .join('');
}
