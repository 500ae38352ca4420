import { expect, it } from 'vitest';
import { deletionRows, deletionSum, type Deletion } from './deletions';

const file = (fileName: string, size = 1_000_000): Deletion['assets'][number] => ({ id: fileName, fileName, size });
const make = (id: string, rest: Partial<Deletion> = {}): Deletion => ({
  id,
  publishedAt: null,
  downloadCount: 0,
  customersDownloaded: 0,
  assets: [],
  ...rest,
});

it('tells of each release its state, its files and who downloaded it, those that are missed most first', () => {
  const assets = ['a.exe', 'b.dmg', 'c.deb', 'd.rpm', 'e.zip', 'f.zip'].map((name) => file(name));
  const rows = deletionRows([
    { name: 'Aurora 1.0', status: 'DRAFT', deletion: make('a') },
    {
      name: 'Aurora 2.0',
      status: 'PUBLISHED',
      deletion: make('b', { publishedAt: 'x', downloadCount: 9, customersDownloaded: 3, assets }),
    },
    { name: 'Aurora 3.0', status: 'DRAFT', deletion: make('c', { publishedAt: 'x', downloadCount: 2, assets: [file('app.zip')] }) },
  ]);
  expect(rows.map(({ name, status, people }) => [name, status, people])).toEqual([
    ['Aurora 2.0', 'Published', '3 customers downloaded it'],
    ['Aurora 1.0', 'Draft', 'Nobody downloaded it'],
    ['Aurora 3.0', 'Unpublished', '2 downloads'],
  ]);
  expect(rows.map(({ files }) => files.split(': ')[1])).toEqual(['a.exe, b.dmg, c.deb, d.rpm and 2 more', undefined, 'app.zip']);
});

it('sums up the files of all of them', () => {
  expect(deletionSum([make('a'), make('b')])).toBe('They have no files.');
  expect(deletionSum([make('a', { assets: [file('x')] }), make('b', { assets: [file('y'), file('z')] })])).toMatch(
    /^3 files, .* will be deleted\.$/,
  );
});
