import { describe, expect, it } from 'vitest';
import { effectiveScopes, ROLE_SCOPES, ROLES, SCOPE_LABELS, SCOPES } from './permissions.js';

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
