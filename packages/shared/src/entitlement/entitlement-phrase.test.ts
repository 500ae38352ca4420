import { describe, expect, it } from 'vitest';
import { ENTITLEMENT_CODES } from './entitlement.js';
import { entitlementPhrase, PHRASE_MAX_LENGTH } from './entitlement-phrase.js';

const TYPED = 'Zürich\r\nSet-Cookie: a=b';
const DATE = '2026-03-01';
const names = [
  'startsOn',
  'expiredOn',
  'coveredUntil',
  'releaseDate',
  'reason',
  'replacement',
  'channel',
  'platform',
  'range',
  'version',
  'state',
  'limit',
];
const paramsOf = (value: string | null) => Object.fromEntries(names.map((name) => [name, value]));

describe('a refusal in the status line', () => {
  it.each(ENTITLEMENT_CODES)('of %s is short printable ASCII with its code, whatever was typed', (code) => {
    for (const value of [TYPED, DATE, null]) {
      const phrase = entitlementPhrase({ code, params: paramsOf(value) });
      expect(phrase).toMatch(/^[A-Z_]+: [\x20-\x7e]+$/);
      expect(phrase.length).toBeLessThanOrEqual(PHRASE_MAX_LENGTH);
      expect(phrase.startsWith(`${code}: `)).toBe(true);
      expect(phrase).not.toMatch(/Zürich|Cookie/);
    }
  });

  it.each([
    ['LICENSE_NOT_STARTED', 'your license starts on 2026-03-01'],
    ['LICENSE_EXPIRED', 'your license expired on 2026-03-01, renew to get this'],
    ['UPDATES_EXPIRED', 'your updates ended on 2026-03-01, renew to get this'],
  ] as const)('of %s names the date', (code, phrase) => {
    expect(entitlementPhrase({ code, params: paramsOf(DATE) })).toBe(`${code}: ${phrase}`);
  });
});
