import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderChangelog } from './changelog.js';
import { excerptOf } from './excerpt.js';
import { shapeOf } from './gfm-shape.cases.js';
import { INSTALLED_CHANGELOGS, INSTALLED_RELEASES } from './installed-changelogs.cases.js';

const github = new Marked({ gfm: true });
/** What no list of releases should say: read by hand, apart from the rule. */
const USELESS = [
  /^$/,
  /[:：]$/,
  /<\/?(?:details|summary|br|img|a|p|ul|li)\b/,
  /!\[|\[!/,
  /^#\d+/,
  /^[0-9a-f]{7,40}\b/,
  /^thanks @/i,
  /^\[[A-Z]+\]/,
  /^(?:diff|all commits|full changelog)\b/i,
  /^\(?\d{4}-\d\d-\d\d\)?$/,
  /^https?:\S+$/,
];

const ratio = (count: number, of: number): string => `${count} of ${of} (${((100 * count) / of).toFixed(1)} %)`;

describe('over the changelogs that the installed packages ship', () => {
  it.each([
    ['releases', INSTALLED_RELEASES],
    ['whole files', INSTALLED_CHANGELOGS],
  ])('structure and links of %s are those of GitHub, in 99.5 of 100', (what, texts) => {
    const others = texts.filter(
      (text) => shapeOf(renderChangelog(text)).join('\n') !== shapeOf(github.parse(text, { async: false })).join('\n'),
    );
    console.info(`${what} unlike GitHub's: ${ratio(others.length, texts.length)}`);
    // A line break before a list that GitHub's own parser reads as two paragraphs, and the like.
    expect(others.length).toBeLessThanOrEqual(Math.ceil(0.005 * texts.length));
  });

  it('the excerpt says something in 97 of 100 releases', () => {
    const useless = INSTALLED_RELEASES.map(excerptOf).filter((line) => USELESS.some((pattern) => pattern.test(line)));
    console.info(`useless excerpts: ${ratio(useless.length, INSTALLED_RELEASES.length)}; such as ${JSON.stringify(useless.slice(0, 5))}`);
    expect(useless.length).toBeLessThanOrEqual(0.03 * INSTALLED_RELEASES.length);
  });
});
