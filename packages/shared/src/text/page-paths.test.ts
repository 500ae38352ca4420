import { describe, expect, it } from 'vitest';
import { isPagePath, PAGE_PATHS } from './page-paths.js';

describe('the address of a page', () => {
  it.each(PAGE_PATHS)('%s is one, with and without a slash at its end', (path) => {
    const filled = path.replace(/:\w+/, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect([isPagePath(filled), isPagePath(path === '/' ? filled : `${filled}/`)]).toEqual([true, true]);
  });

  it.each(['/favicon.ico', '/wp-admin', '/admin/nothing', '/admin/downloadables/a/b', '/portal/x', '/login/x', '/s', '//', '', '/.env'])(
    '%j is none',
    (path) => {
      expect(isPagePath(path)).toBe(false);
    },
  );
});
