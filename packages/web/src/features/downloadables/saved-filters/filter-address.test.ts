import { expect, it } from 'vitest';
import { parseListState } from '../list-state';
import { filterQuery, queryOf } from './filter-address';

it.each([
  [{ status: 'DRAFT', sort: '-version', after: 'somewhere' }, 'status=DRAFT&sort=-version'],
  [{ q: 'ümlaut & more', product: 'P1' }, 'q=%C3%BCmlaut+%26+more&product=P1'],
  [{}, ''],
])('%j is kept as "%s" and comes back as it was', (query, kept) => {
  const state = parseListState(query);
  expect(filterQuery(state)).toBe(kept);
  expect(parseListState(queryOf(kept))).toEqual({ ...state, after: '', before: '' });
});
