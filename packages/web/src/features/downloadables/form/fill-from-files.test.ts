import { expect, it } from 'vitest';
import type { ProductChoice } from '../useProductChoices';
import { fillFromFiles } from './fill-from-files';

const make = (id: string, name: string, archivedAt: string | null = null): ProductChoice => ({
  id,
  name,
  slug: id,
  versionScheme: 'ANY',
  archivedAt,
  channels: [],
  latest: null,
});
const products = [make('aurora', 'Aurora Studio'), make('comet', 'Comet'), make('old', 'Comet Classic', '2026-01-01')];

it('fills what nobody has said, and nothing else', () => {
  const names = ['Aurora-Studio-2.1.0-win-x64.exe'];
  expect(fillFromFiles({ productId: '', version: '' }, names, products)).toEqual({ productId: 'aurora', version: '2.1.0' });
  expect(fillFromFiles({ productId: 'comet', version: '3.0' }, names, products)).toEqual({ productId: 'comet', version: '3.0' });
  expect(fillFromFiles({ productId: '', version: '' }, ['setup.exe'], products)).toEqual({ productId: '', version: '' });
});

it('never chooses an archived product', () => {
  expect(fillFromFiles({ productId: '', version: '' }, ['comet-classic-1.0.zip'], products).productId).toBe('comet');
});
