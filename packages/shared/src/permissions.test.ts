import { describe, expect, it } from 'vitest';
import {
  coversProduct,
  effectiveProducts,
  effectiveScopes,
  mayBeLimited,
  ROLE_SCOPES,
  ROLES,
  SCOPE_LABELS,
  SCOPES,
} from './permissions.js';

describe('roles', () => {
  it('hold known scopes: ADMIN all of them, CUSTOMER none', () => {
    for (const role of ROLES) expect(SCOPES).toEqual(expect.arrayContaining([...ROLE_SCOPES[role]]));
    expect(ROLE_SCOPES.ADMIN).toEqual(SCOPES);
    expect(ROLE_SCOPES.CUSTOMER).toEqual([]);
  });

  it('let support read releases and manage licenses, but publish nothing', () => {
    expect(ROLE_SCOPES.SUPPORT).toEqual(['release:read', 'license:read', 'license:write', 'log:read']);
  });

  it('have a label for every scope', () => {
    expect(Object.keys(SCOPE_LABELS)).toEqual([...SCOPES]);
  });
});

describe('effectiveScopes', () => {
  it('a token never has more than its creator has today', () => {
    expect(effectiveScopes(['settings:write', 'release:write', 'release:write'], ROLE_SCOPES.PUBLISHER)).toEqual(['release:write']);
    expect(effectiveScopes(SCOPES, [])).toEqual([]);
    expect(effectiveScopes([], SCOPES)).toEqual([]);
  });
});

describe('products that somebody is limited to', () => {
  it.each([
    [null, 'a', true],
    [null, null, true],
    [['a', 'b'], 'b', true],
    [['a'], 'b', false],
    [['a'], null, false],
    [[], 'a', false],
    [[], null, false],
  ])('%j covers %j: %s', (scope, productId, expected) => {
    expect(coversProduct(scope, productId)).toBe(expected);
  });

  it.each([
    [null, null, null],
    [null, ['a'], ['a']],
    [['a'], null, ['a']],
    [['a', 'b'], ['b', 'c'], ['b']],
    [['a'], ['b'], []],
  ])('a token for %j of somebody limited to %j has %j, never all because none is left', (requested, allowed, expected) => {
    expect(effectiveProducts(requested, allowed)).toEqual(expected);
  });

  it('are given to publishers and support alone', () => {
    expect(ROLES.filter(mayBeLimited)).toEqual(['PUBLISHER', 'SUPPORT']);
  });
});
