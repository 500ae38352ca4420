import { describe, expect, it } from 'vitest';
import { excerptOf, renderChangelog } from './changelog.js';

describe('the excerpt of a changelog', () => {
  it.each([
    ['## New\n- Faster **start**', 'Faster start'],
    ['Fixes a crash.\nAnd more', 'Fixes a crash. And more'],
    ['# Only a heading', 'Only a heading'],
    ['', ''],
    ['- [link](https://example.com) and `code`', 'link and code'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('of %j is %j', (markdown, excerpt) => {
    expect(excerptOf(markdown)).toBe(excerpt);
  });

  it('has at most 300 characters', () => {
    expect(excerptOf('x'.repeat(5_000))).toHaveLength(300);
  });
});

describe('a rendered changelog', () => {
  it.each([
    ['<script>alert(1)</script>', '<script'],
    ['<img src=x onerror=alert(1)>', '<img'],
    ['[x](javascript:alert(1))', 'href'],
    ['[x](data:text/html,<script>)', 'href'],
    ['![x](https://elsewhere.example/pixel.png)', '<img'],
  ])('makes no markup of %j', (markdown, forbidden) => {
    expect(renderChangelog(markdown)).not.toContain(forbidden);
  });

  const NO_LINKS = [
    'ms-x:a',
    'ftp://a.example',
    'javascript:a',
    'JaVaScRiPt:a',
    'data:a',
    'file:///a',
    'tel:1',
    'sms:1',
    'x-apple:a',
    'slack://a',
  ];
  const NOWHERE = [
    '/portal',
    '//evil.example',
    '\\\\evil.example',
    '#a',
    '?a',
    'a.html',
    'http:',
    'https:///a',
    'https:a',
    'mailto:',
    'ht&#x9;tp:a',
  ];
  it.each([...NO_LINKS, ...NOWHERE])('makes no link of %s, however it is written', (url) => {
    for (const markdown of [`[x](${url})`, `[x](<${url}>)`, `<${url}>`, `![x](${url})`, `[x][r]\n\n[r]: ${url}`, url])
      expect(renderChangelog(markdown)).not.toMatch(/href|src=/);
  });

  it.each(['https://a.example/b?c#d', 'http://a.example', 'HTTPS://A.example', 'mailto:a@b.example'])('makes a link of %s', (url) => {
    expect(renderChangelog(`[x](${url})`)).toMatch(/<a href="[^"]+" rel="noopener noreferrer nofollow" target="_blank">x<\/a>/);
  });

  it('knows tables and strikethrough', () => {
    expect(renderChangelog('| a |\n| - |\n| ~~b~~ |')).toContain('<td><s>b</s></td>');
  });
});
