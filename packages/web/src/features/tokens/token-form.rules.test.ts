import { describe, expect, it } from 'vitest';
import { checkToken, scopeChoices, tokenInputOf, tokenState, type TokenValues } from './token-form.rules';

const NOW = new Date('2026-06-15T12:00:00Z');
const good: TokenValues = { name: ' ci ', scopes: ['release:read'], productId: '', days: '90' };

describe('the form of a token', () => {
  it('needs a name and at least one scope', () => {
    expect(checkToken(good)).toEqual({});
    expect(Object.keys(checkToken({ ...good, name: '', scopes: [] }))).toEqual(['name', 'scopes']);
  });

  it('offers no more than one may do', () => {
    expect(scopeChoices((scope) => scope === 'log:read')).toEqual([{ value: 'log:read', label: expect.any(String), hint: 'log:read' }]);
  });

  it('sends days as an instant', () => {
    expect(tokenInputOf(good, NOW)).toEqual({
      name: 'ci',
      scopes: ['release:read'],
      productId: null,
      expiresAt: '2026-09-13T12:00:00.000Z',
    });
  });

  it.each([
    [null, '2026-07-01T00:00:00Z', 'Active'],
    [null, '2026-06-15T12:00:00Z', 'Expired'],
    ['2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z', 'Revoked'],
  ])('revoked %s and ending %s it is %s', (revokedAt, expiresAt, state) => {
    expect(tokenState({ revokedAt, expiresAt }, NOW)).toBe(state);
  });
});
