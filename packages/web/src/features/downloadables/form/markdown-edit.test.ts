import { describe, expect, it } from 'vitest';
import { editMarkdown, type EditedText, type MarkdownEdit } from './markdown-edit';

/** `a [bc] d`: the brackets stand for the selection. */
function read(marked: string): EditedText {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { text: marked.replace(/[«»]/g, ''), start, end };
}
const write = ({ text, start, end }: EditedText): string => `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;

describe('editMarkdown', () => {
  it.each<[edit: MarkdownEdit, before: string, after: string]>([
    ['BOLD', 'a «bc» d', 'a **«bc»** d'],
    ['BOLD', 'a **«bc»** d', 'a «bc» d'],
    ['ITALIC', 'a «» d', 'a _«italic»_ d'],
    ['CODE', '«x»', '`«x»`'],
    ['LINK', 'see «docs» now', 'see [docs](«https://») now'],
    ['LINK', '«»', '[text](«https://»)'],
    ['LIST', 'one\nt«wo\nthr»ee\nfour', 'one\n«- two\n- three»\nfour'],
    ['LIST', '«- two\n- three»', '«two\nthree»'],
    ['NUMBERS', '«a\nb»', '«1. a\n2. b»'],
    ['HEADING', 'Fix«ed»', '«### Fixed»'],
    ['HEADING', '### Fix«ed»', '«Fixed»'],
  ])('%s: %j becomes %j', (edit, before, after) => {
    expect(write(editMarkdown(edit, read(before)))).toBe(after);
  });
});
