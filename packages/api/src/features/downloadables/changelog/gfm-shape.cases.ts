import { isAddress } from './links.js';

const TAGS = new Set('h p ul ol li pre code blockquote table tr td th em strong b i br hr details summary kbd sub sup small'.split(' '));
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/g;
const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };

/**
 * Structure and links of HTML, where these differences between GitHub and us are made equal: headings are lowered, images are
 * links, what leads nowhere is no link, boxes and notes have signs of their own, comments and tags on no list are gone.
 */
export function shapeOf(html: string): string[] {
  let isInLink = false;
  return [...html.replace(/<!--[^]*?-->/g, '').matchAll(TAG)].flatMap(([, slash, name = '', attributes = '']) => {
    const tag = name.toLowerCase();
    if (tag === 'a' && slash) isInLink = false;
    if (slash || (tag === 'img' && isInLink)) return [];
    if (tag !== 'a' && tag !== 'img') return shapeOfTag(tag, attributes);
    const href = hrefIn(attributes);
    if (tag === 'a') isInLink = isAddress(href);
    return isAddress(href) ? [`a ${href}`] : [];
  });
}

function shapeOfTag(tag: string, attributes: string): string[] {
  if (tag === 'del' || tag === 's') return ['s'];
  const name = tag.replace(/^h[1-6]$/, 'h');
  return TAGS.has(name) && !/task-box|note-title/.test(attributes) ? [name] : [];
}

function hrefIn(attributes: string): string {
  const written = /(?:href|src)="([^"]*)"/.exec(attributes)?.[1] ?? '';
  const href = written.replace(/&(?:amp|quot|#39|lt|gt);/g, (entity) => CHARACTERS[entity] ?? entity);
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}
