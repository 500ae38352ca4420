import { describe, expect, it } from 'vitest';
import { hasFilters, listStateQuery, listVariables, parseListState, parseSort, withChange } from './list-state';

describe('the address of the list', () => {
  it('is empty for the plain list', () => {
    expect(listStateQuery(parseListState({}))).toEqual({});
  });

  it.each([
    { q: 'openssl', product: '01J', status: 'DRAFT', channel: 'beta', platform: 'MACOS', sort: '-version', size: '50', after: 'cursor' },
    { before: 'cursor', sort: 'product' },
    { status: 'PUBLISHED' },
  ])('%j is restored by a reload', (query) => {
    expect(listStateQuery(parseListState(query))).toEqual(query);
  });

  it('leaves out what it cannot read', () => {
    const query = { status: 'BROKEN', platform: 'AMIGA', sort: 'luck', size: '7', q: ['a', 'b'] };
    expect(listStateQuery(parseListState(query))).toEqual({});
  });

  it('goes one way only when both cursors are given', () => {
    expect(parseListState({ after: 'a', before: 'b' })).toMatchObject({ after: 'a', before: '' });
  });
});

describe('a change of the list', () => {
  const thirdPage = parseListState({ q: 'fix', after: 'cursor' });

  it('of a filter starts at the first page again', () => {
    expect(withChange(thirdPage, { status: 'DRAFT' })).toMatchObject({ search: 'fix', status: 'DRAFT', after: '', before: '' });
  });

  it('of the page keeps the filters', () => {
    expect(withChange(thirdPage, { before: 'other' })).toMatchObject({ search: 'fix', after: '', before: 'other' });
  });

  it('knows whether anything is filtered', () => {
    expect(hasFilters(parseListState({ sort: 'version', size: '50' }))).toBe(false);
    expect(hasFilters(parseListState({ channel: 'beta' }))).toBe(true);
  });
});

describe('the request for the list', () => {
  it('goes forward with first and after', () => {
    expect(listVariables(parseListState({ after: 'c', size: '50' }))).toMatchObject({ first: 50, after: 'c' });
  });

  it('goes back with last and before', () => {
    const variables = listVariables(parseListState({ before: 'c' }));
    expect(variables).toMatchObject({ last: 25, before: 'c' });
    expect(variables).not.toHaveProperty('first');
  });

  it('is sorted by newest first unless the address says otherwise', () => {
    expect(parseSort('')).toEqual({ field: 'CREATED_AT', direction: 'DESC' });
    expect(parseSort('release_date')).toEqual({ field: 'RELEASE_DATE', direction: 'ASC' });
  });
});
