import { computed } from 'vue';
import { describe, expect, it } from 'vitest';
import { expectStatus, withPendingStatus, type StatusFields } from './pending-status';

const fields = { publishedAt: null, publishAt: null, scheduleFailure: null, publishWhenReady: false };
const published: StatusFields = { ...fields, status: 'PUBLISHED' };
const archived: StatusFields = { ...fields, status: 'ARCHIVED' };
const row = { id: 'one', version: '1.0.0', ...published };

describe('withPendingStatus', () => {
  it('shows what is expected until it ends, and touches no other row', () => {
    const other = { ...row, id: 'other' };
    const shown = computed(() => [row, other].map(withPendingStatus));
    expect(shown.value).toEqual([row, other]);
    const end = expectStatus(row.id, archived);
    expect(shown.value).toEqual([{ ...row, status: 'ARCHIVED' }, other]);
    expect(shown.value[1]).toBe(other);
    end();
    expect(shown.value[0]).toBe(row);
  });

  it('keeps the later of two changes when the earlier one ends', () => {
    const endFirst = expectStatus(row.id, archived);
    const endSecond = expectStatus(row.id, { ...fields, status: 'DRAFT' });
    endFirst();
    expect(withPendingStatus(row).status).toBe('DRAFT');
    endSecond();
    expect(withPendingStatus(row)).toBe(row);
  });
});
