import { describe, expect, it } from 'vitest';
import type { AnnouncementValues } from './announcement-values.js';
import { composeMail } from './announcement-mail.js';
import { fillHtml, fillLine, fillText } from './fill-in.js';

const values = (texts: Readonly<Record<string, string>> = {}): AnnouncementValues => ({
  texts: { product: 'Aurora', version: '2.0.0', ...texts },
  changelog: '# New\n\n- A *timeline*',
  link: 'https://d.example/portal/downloads/aurora/2.0.0',
  buttons: { download: { label: 'Get 2.0.0', url: 'https://d.example/x?a=1&b=2' }, renew: null },
});
const button = ({ label, url }: { label: string; url: string }): string => `<b-b>${label} ${url}</b-b>`;
const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '[x](https://evil.example)',
  'www.evil.example https://evil.example',
  '**bold** `code` # heading',
  '![x](https://evil.example/p.png)',
  '&lt;script&gt;',
  '\ue0000\ue001',
  '{changelog}{name}',
  'a@evil.example',
  "' style='position:fixed",
];

describe('a text that is filled in', () => {
  it('is rendered as Markdown, with the changelog and a button in lines of their own', () => {
    expect(fillHtml('**{product}** {version}:\n{changelog}\n{download}', values(), button)).toBe(
      '<p><strong>Aurora</strong> 2.0.0:</p>\n<h3>New</h3>\n<ul>\n<li>A <em>timeline</em></li>\n</ul>\n<b-b>Get 2.0.0 https://d.example/x?a=1&b=2</b-b>\n',
    );
  });

  it('is the same as plain text', () => {
    expect(fillText('{product}\n{changelog}\n\n{download}\n{renew}\n\n{link}', values())).toBe(
      'Aurora\n# New\n\n- A *timeline*\n\nGet 2.0.0:\nhttps://d.example/x?a=1&b=2\n\nhttps://d.example/portal/downloads/aurora/2.0.0',
    );
  });

  it.each(ATTACKS)('makes nothing but text of the name %j', (name) => {
    const html = fillHtml('Hello {name}, `{name}` and [{name}]({link}).\n\n{name}', values({ name }), button);
    const shown = name.replaceAll(
      /[&<>"']/g,
      (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? '',
    );
    expect(html).toContain(`<p>Hello ${shown}, <code>${shown}</code> and <a href="https://d.example/`);
    expect(html).toContain(`<p>${shown}</p>`);
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it.each(ATTACKS)('makes no markup of %j where it is typed by the vendor', (typed) => {
    expect(fillHtml(typed, values({ name: 'Ann' }), button)).not.toMatch(/<(?:script|img|svg)|\son\w+=|javascript:/i);
  });

  it.each(['a\r\nBcc: b@c.example', 'a\nContent-Type: text/html\n\n<b>', 'a\u2028b', 'a\u0085b'])(
    'has one line in a subject for %j',
    (name) => {
      expect(fillLine('For {name}', values({ name }))).not.toMatch(/[\r\n\u2028\u2029]/);
    },
  );

  it('fills nothing in twice, and nothing that is escaped', () => {
    expect(fillLine(String.raw`{name} \{version}`, values({ name: '{version}' }))).toBe('{version} {version}');
    expect(fillText(String.raw`\{version} {version}`, values())).toBe('{version} 2.0.0');
    expect(fillHtml(String.raw`\{version} {version}`, values(), button)).toBe('<p>{version} 2.0.0</p>\n');
  });
});

it('a mail has a style at every element of its text, and says why it comes', () => {
  const brand = { vendorName: 'Aurora <Ltd>', accentColor: '#2244aa', logo: null, supportEmail: '' };
  const text = { subject: '{product} is out', body: 'Hello\n\n- one\n\n{download}' };
  const mail = composeMail({ brand, kind: 'ANNOUNCEMENT', text, values: values(), unsubscribeUrl: 'https://d.example/unsubscribe/1' });
  expect(mail.html).not.toMatch(/<(?:p|ul|li|a)>/);
  expect(mail.html).toContain('Aurora &lt;Ltd&gt;');
  expect(mail.text).toContain(
    'You get this because you have a license for Aurora.\nChoose what you get, or unsubscribe: https://d.example/unsubscribe/1\n',
  );
  expect(mail).toMatchObject({ subject: 'Aurora is out', link: 'https://d.example/portal/downloads/aurora/2.0.0' });
});
