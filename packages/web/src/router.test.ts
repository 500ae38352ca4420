// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import firstPages from '../tools/first-pages.json' with { type: 'json' };
import { FIRST_QUERIES } from './first-queries';
import { router } from './router';

/** Shared pages have an address that tells a secret, so the server sends them by a door of its own. */
const HAS_NO_FILE = /^\/s\/|^\/:path/;

it('every page has a file that names its code, and no file is of a page that is gone', () => {
  // A shell that only leads on to its own page is opened by people too: it has the file of that page.
  const shown = router
    .getRoutes()
    .filter(({ components, redirect, children, path }) => components && (redirect || children.length === 0) && !HAS_NO_FILE.test(path));
  const paths = shown.map(({ path }) => path.slice(1).replace(/:\w+$/, '_').replace(/\/$/, ''));
  expect(Object.keys(firstPages).toSorted()).toEqual(paths.toSorted());
});

it('what is asked first belongs to a page', () => {
  expect(Object.keys(FIRST_QUERIES).filter((path) => !(path in firstPages))).toEqual([]);
});
