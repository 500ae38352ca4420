import { expect, it } from 'vitest';
import { RevisionHtml } from './changelog-html.js';

const revision = (id: string, changelog = `# ${id}`): { id: string; changelog: string } => ({ id, changelog });

it('the changelog of a revision is rendered once, however often it is asked for', () => {
  const html = new RevisionHtml();
  expect([html.of(revision('a')), html.of(revision('a'))]).toEqual(['<h3>a</h3>\n', '<h3>a</h3>\n']);
  expect(html.renderings).toBe(1);
});

it('a draft whose changelog has changed is rendered anew', () => {
  const html = new RevisionHtml();
  html.of(revision('a', 'before'));
  expect(html.of(revision('a', 'after'))).toBe('<p>after</p>\n');
});

it('what was not asked for the longest gives way when there is no room', () => {
  const html = new RevisionHtml(50);
  for (const id of ['a', 'b', 'c']) html.of(revision(id));
  expect(html.renderings).toBe(3);
  html.of(revision('a'));
  html.of(revision('d'));
  html.of(revision('a'));
  expect(html.renderings).toBe(4);
  html.of(revision('b'));
  expect(html.renderings).toBe(5);
});

it('a changelog that alone is larger than the room is rendered all the same', () => {
  const html = new RevisionHtml(1);
  expect(html.of(revision('a'))).toBe('<h3>a</h3>\n');
});
