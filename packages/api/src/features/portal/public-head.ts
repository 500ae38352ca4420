import type { PageAddress, PublicPage } from './public-pages.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** JSON inside of a script: nothing in it ends the script or begins a comment (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements). */
const asScript = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');

const meta = (kind: 'name' | 'property', name: string, content: string): string =>
  `<meta ${kind}="${name}" content="${escapeHtml(content)}" />`;

function headOf(page: PublicPage): string {
  const { title, description, canonicalUrl, imageUrl, siteName } = page;
  return [
    meta('name', 'description', description),
    `<link rel="canonical" href="${escapeHtml(canonicalUrl)}" />`,
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', siteName),
    meta('property', 'og:title', title),
    meta('property', 'og:description', description),
    meta('property', 'og:url', canonicalUrl),
    ...(imageUrl === null ? [] : [meta('property', 'og:image', imageUrl)]),
    meta('name', 'twitter:card', 'summary'),
    `<script type="application/ld+json">${asScript(page.data)}</script>`,
  ].join('\n    ');
}

/** What stands there until the page's own code draws it: the same words in the same places. */
function contentOf({ heading, description, links, notesHtml }: PublicPage): string {
  const files = links.map(({ text, url }) => `<li><a href="${escapeHtml(url)}" rel="nofollow">${escapeHtml(text)}</a></li>`).join('');
  return (
    `<main class="mx-auto max-w-5xl px-4 py-6 md:py-10"><h1 class="text-2xl font-semibold tracking-tight">${escapeHtml(heading)}</h1>` +
    `<p class="mt-2 max-w-prose">${escapeHtml(description)}</p><ul class="mt-4">${files}</ul><div class="rich-text mt-6">${notesHtml}</div></main>`
  );
}

/** A page of the web app with the head and the first content of a public page. @param html as the build made it */
export function withPublicPage(html: string, page: PublicPage): string {
  return html
    .replace(/<meta name="description"[^>]*>\s*/, '')
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(page.title)}</title>`)
    .replace('</head>', () => `  ${headOf(page)}\n  </head>`)
    .replace(
      /(<div id="app">.*?)<\/div>(\s*<script nomodule)/s,
      (_, before: string, after: string) => `${before}${contentOf(page)}</div>${after}`,
    );
}

/** https://www.sitemaps.org/protocol.html */
export function sitemapXml(pages: readonly PageAddress[]): string {
  const entries = pages.map(
    ({ url, changedAt }) => `<url><loc>${escapeHtml(url)}</loc><lastmod>${changedAt.toISOString()}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>\n`;
}
