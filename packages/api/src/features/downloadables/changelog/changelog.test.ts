import { describe, expect, it } from 'vitest';
import { renderChangelog } from './changelog.js';

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

  const link = (url: string, text = 'x'): string => `<a href="${url}" rel="noopener noreferrer nofollow" target="_blank">${text}</a>`;

  it.each([
    'core-lib@24.13.0',
    'lib@1.2.3-beta.rc',
    'vue@next',
    '@scope/core@2.0.1',
    'README.md',
    'core.io',
    'socket.io 4',
    'a@b',
    'mailto:a@1.2',
  ])('makes no link of %s, which is no address', (text) => {
    expect(renderChangelog(`bump ${text} now`)).toBe(`<p>bump ${text} now</p>\n`);
  });

  it.each([
    ['a@b.example', link('mailto:a@b.example', 'a@b.example')],
    ['www.a.example/b', link('http://www.a.example/b', 'www.a.example/b')],
    ['https://a.example/(b)', link('https://a.example/(b)', 'https://a.example/(b)')],
    ['[x](#anchor)', 'x'],
    ['[x](../other.md)', 'x'],
    ['[**x**](#anchor)', '<strong>x</strong>'],
    ['<ms-x:a>', '&lt;ms-x:a&gt;'],
    ['![x](https://a.example/b.png)', link('https://a.example/b.png')],
    ['![](https://a.example/b.png)', link('https://a.example/b.png', 'image')],
    ['![x](b.png)', 'x'],
    ['[![x](https://ci.example/b.svg)](https://a.example)', link('https://a.example')],
    ['[![x](https://ci.example/b.svg)](#a)', link('https://ci.example/b.svg')],
    ['<a href="https://a.example">x</a>', link('https://a.example')],
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<a href="&#106;avascript:alert(1)">x</a>', 'x'],
    ['<a name="b"></a>x', 'x'],
    ['a <img src="https://a.example/b.png" alt="x">', 'a ' + link('https://a.example/b.png')],
    ['Map<T> and <Window>', 'Map&lt;T&gt; and &lt;Window&gt;'],
    ['<Window title="a">', '&lt;Window title=&quot;a&quot;&gt;'],
    ['a<br/>b', 'a<br>b'],
    ['press <kbd>K</kbd>', 'press <kbd>K</kbd>'],
    ['<span style="color:red" onclick="x()">x</span>', 'x'],
    ['<sub onmouseover="x()">x</sub>', '<sub>x</sub>'],
    ['a <!-- b --> c', 'a  c'],
    ['a <b>c', 'a <b>c</b>'],
    ['a </b> c', 'a  c'],
    ['*a <b>c* d</b>', '<em>a <b>c</b></em> d'],
    ['a <li>b</li>', 'a b'],
    ['a <details>b</details>', 'a b'],
  ])('of %j is %j', (markdown, html) => {
    expect(renderChangelog(markdown)).toBe(`<p>${html}</p>\n`);
  });

  it.each([
    ['<!-- a\n\nb -->\nc', '<p>c</p>\n'],
    ['<details>\n<summary>a</summary>\n\n- b\n\n</details>', '<details>\n<summary>a</summary>\n<ul>\n<li>b</li>\n</ul>\n</details>\n'],
    ['<details>\n\nnever ends', '<details>\n<p>never ends</p>\n</details>'],
    ['> <details>\n> a\n\nb', '<blockquote>\n<details>\na\n</details></blockquote>\n<p>b</p>\n'],
    ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['<li>a</li>', 'a'],
    ['<Window>\n**a**', '<p>&lt;Window&gt;\n<strong>a</strong></p>\n'],
    ['<p align="center" onclick="x()">a &amp; \\b</p>', '<p>a &amp; \\b</p>'],
    ['- [x] a\n- [ ] b', `<ul>\n${['☑:Done:a', '☐:To do:b'].map(taskHtml).join('')}</ul>\n`],
    ['> [!NOTE]\n> a', '<blockquote class="note note-note">\n<p><strong class="note-title">Note</strong><br>a</p>\n</blockquote>\n'],
    ['> [!OTHER]\n> a', '<blockquote>\n<p>[!OTHER]\na</p>\n</blockquote>\n'],
    ['> [!constructor]\n> a', '<blockquote>\n<p>[!constructor]\na</p>\n</blockquote>\n'],
    ['- [x](https://a.example)', `<ul>\n<li>${link('https://a.example')}</li>\n</ul>\n`],
  ])('as blocks of %j is %j', (markdown, html) => {
    expect(renderChangelog(markdown).trim()).toBe(html.trim());
  });

  it.each([
    ['# a\n\n### b', ['h3', 'h5']],
    ['### a\n\n#### b', ['h3', 'h4']],
    ['## a\n\n##### b\n\n###### c', ['h3', 'h6', 'h6']],
    ['<h2>a</h2>\n\n### b', ['h3', 'h4']],
  ])('has its highest heading right below the heading of the page: %j', (markdown, tags) => {
    expect(Array.from(renderChangelog(markdown).matchAll(/<(h\d)>/g), ([, tag]) => tag)).toEqual(tags);
  });

  it('knows tables and strikethrough', () => {
    expect(renderChangelog('| a |\n| - |\n| ~~b~~ |')).toContain('<td><s>b</s></td>');
  });
});

function taskHtml(task: string): string {
  const [sign = '', name = '', text = ''] = task.split(':');
  return `<li class="task"><span class="task-box" role="img" aria-label="${name}">${sign}</span> ${text}</li>\n`;
}
