/** An Atom feed (RFC 4287). Every text is escaped where it is written. */

export interface AtomEntry {
  readonly id: string;
  readonly title: string;
  readonly updated: Date;
  readonly published: Date;
  readonly link: string;
  readonly summary: string;
  /** Sanitized HTML. */
  readonly html: string;
  readonly categories: readonly string[];
}

export interface AtomFeed {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly link: string;
  readonly self: string;
  readonly updated: Date;
  readonly entries: readonly AtomEntry[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** XML takes no other control characters, however they are escaped. */
const escape = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

export function atomFeed({ id, title, author, link, self, updated, entries }: AtomFeed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escape(id)}</id>
<title>${escape(title)}</title>
<author><name>${escape(author)}</name></author>
<updated>${updated.toISOString()}</updated>
<link rel="self" type="application/atom+xml" href="${escape(self)}"/>
<link rel="alternate" type="text/html" href="${escape(link)}"/>
${entries.map(atomEntry).join('\n')}
</feed>
`;
}

const atomEntry = ({ id, title, updated, published, link, summary, html, categories }: AtomEntry): string =>
  `<entry>
<id>${escape(id)}</id>
<title>${escape(title)}</title>
<published>${published.toISOString()}</published>
<updated>${updated.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${escape(link)}"/>
${categories.map((term) => `<category term="${escape(term)}"/>`).join('')}
<summary>${escape(summary)}</summary>
<content type="html">${escape(html)}</content>
</entry>`;
