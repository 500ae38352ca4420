import { expect, it } from 'vitest';
import { listRest, versionRows } from './overview.rules';

const product = { id: 'p', name: 'Aurora' };

it('what the overview has no line for is counted, and leads to its list', () => {
  const drafts = {
    totalCount: 52,
    nodes: Array.from({ length: 50 }, () => ({ id: 'a', version: '1', product, scheduleFailure: null, assets: [] })),
  };
  const row = { id: 'b', version: '2', product, publishAt: null };
  expect(listRest({ drafts, scheduled: { totalCount: 2, nodes: [row] } })).toEqual([
    { status: 'SCHEDULED', label: '1 more release', note: 'Scheduled' },
    { status: 'DRAFT', label: '2 older drafts', note: 'Not checked here' },
  ]);
  expect(
    listRest({ drafts: { totalCount: 1, nodes: [] }, scheduled: { totalCount: 1, nodes: [row] } }).map(({ status }) => status),
  ).toEqual(['DRAFT']);
});

it('versions lead to their downloads, deleted ones nowhere, and the rest is one row', () => {
  const statistics = {
    from: '2026-01-01',
    to: '2026-01-01',
    total: 9,
    previousTotal: 0,
    byDay: [],
    byPlatform: [],
    bySource: [],
    otherVersions: 2,
    byVersion: [
      { downloads: 4, downloadable: { id: 'a', version: '1.0', product } },
      { downloads: 3, downloadable: null },
    ],
  };
  expect(versionRows(statistics, false)).toEqual([
    { key: 'a', label: 'Aurora 1.0', downloads: 4, to: '/admin/downloadables/a?tab=downloads' },
    { key: 'deleted 1', label: 'Deleted version', downloads: 3, to: undefined },
    { key: 'others', label: 'All others', downloads: 2 },
  ]);
  expect(versionRows(statistics, true)[0]?.label).toBe('1.0');
});
