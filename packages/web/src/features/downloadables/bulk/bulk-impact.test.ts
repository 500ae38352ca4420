import { expect, it } from 'vitest';
import { bulkImpact, MOST_PREVIEWED } from './bulk-impact';

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `d${index}`);

it('one release is asked about as one, several as many, and deleting as hiding', () => {
  expect(bulkImpact('ARCHIVE', ids(1))).toEqual({ subject: 'RELEASE', change: { release: { downloadableId: 'd0', change: 'ARCHIVE' } } });
  expect(bulkImpact('DELETE', ids(2))).toEqual({
    subject: 'RELEASES',
    change: { releases: { downloadableIds: ['d0', 'd1'], change: 'UNPUBLISH' } },
  });
});

it('nothing is asked about none, or about more than one preview takes', () => {
  expect(bulkImpact('PUBLISH', [])).toBeNull();
  expect(bulkImpact('PUBLISH', ids(MOST_PREVIEWED))).not.toBeNull();
  expect(bulkImpact('PUBLISH', ids(MOST_PREVIEWED + 1))).toBeNull();
});
