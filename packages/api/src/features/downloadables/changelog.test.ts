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

  it('knows tables and strikethrough', () => {
    expect(renderChangelog('| a |\n| - |\n| ~~b~~ |')).toContain('<td><s>b</s></td>');
  });
});
