import { expect, it } from 'vitest';
import { distinctNames } from './distinct-names';

it('no two choices read alike', () => {
  const items = [
    { id: 'a', name: 'Comet', slug: 'comet' },
    { id: 'b', name: 'Aurora', slug: 'aurora' },
    { id: 'c', name: 'Comet', slug: 'comet-2' },
  ];
  expect(distinctNames(items).map(({ label }) => label)).toEqual(['Comet (comet)', 'Aurora', 'Comet (comet-2)']);
});
