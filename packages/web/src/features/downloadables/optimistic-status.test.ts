import { computed } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { setOptimisticStatus, withOptimisticStatus, type StatusFields } from './optimistic-status';

const fields = { publishedAt: null, publishAt: null, scheduleFailure: null, publishWhenReady: false };
const published: StatusFields = { ...fields, status: 'PUBLISHED' };
const archived: StatusFields = { ...fields, status: 'ARCHIVED' };
let count = 0;

describe('withOptimisticStatus', () => {
  let row = { id: '', lockVersion: 1, ...published };
  const answered = { __typename: 'Downloadable' as const, releaseDate: null, lockVersion: 2 };
  beforeEach(() => (row = { id: `row ${(count += 1)}`, lockVersion: 1, ...published }));

  it('shows what is expected until it is refused, and touches no other row', () => {
    const other = { ...row, id: `other than ${row.id}` };
    const shown = computed(() => [row, other].map(withOptimisticStatus));
    expect(shown.value).toEqual([row, other]);
    const change = setOptimisticStatus(row.id, archived);
    expect(shown.value).toEqual([{ ...row, status: 'ARCHIVED' }, other]);
    expect(shown.value[1]).toBe(other);
    change.revert();
    expect(shown.value[0]).toBe(row);
  });

  it('shows what the API answered until the row comes with it, and nothing of it on a later one', () => {
    setOptimisticStatus(row.id, published).confirm({ ...answered, id: row.id, ...fields, status: 'DRAFT', publishWhenReady: true });
    expect(withOptimisticStatus(row)).toEqual({ ...row, status: 'DRAFT', publishWhenReady: true });
    for (const lockVersion of [2, 3]) {
      const later = { ...row, lockVersion };
      expect(withOptimisticStatus(later)).toBe(later);
    }
  });

  it('keeps the later of two changes, however the earlier one ends', () => {
    const ends = [
      (change: ReturnType<typeof setOptimisticStatus>) => change.revert(),
      (change: ReturnType<typeof setOptimisticStatus>) => change.confirm({ ...answered, id: row.id, ...archived }),
    ];
    for (const end of ends) {
      const first = setOptimisticStatus(row.id, archived);
      const second = setOptimisticStatus(row.id, { ...fields, status: 'DRAFT' });
      end(first);
      expect(withOptimisticStatus(row).status).toBe('DRAFT');
      second.revert();
      expect(withOptimisticStatus(row)).toBe(row);
    }
  });
});
