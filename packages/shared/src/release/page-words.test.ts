import { expect, it } from 'vitest';
import { pageTitle, productSummary, productWords } from './page-words.js';

it('a page is called by what is on it, and whose it is', () => {
  expect(pageTitle(productWords('Aurora Studio', '2.4.0'), 'Aurora Software')).toBe('Aurora Studio 2.4.0 · Aurora Software');
  expect(pageTitle(productWords('Aurora Studio', null), '')).toBe('Aurora Studio');
});

it('a product is described in a sentence or two', () => {
  const product = { name: 'Borealis', description: 'Compares\nbuilds.', version: '1.6', vendor: 'Aurora Software' };
  expect(productSummary({ ...product, platforms: ['WINDOWS', 'LINUX', 'ALL'] })).toBe(
    'Download Borealis 1.6 for Windows and Linux from Aurora Software. Compares builds.',
  );
  expect(productSummary({ ...product, description: null, version: null, platforms: [] })).toBe('Download Borealis from Aurora Software.');
});
