import { describe, expect, it } from 'vitest';
import { checkNewPassword } from './password-rules.js';
import { randomPassword } from './passwords.js';

const OWNER = { email: 'margarete.kowalski@slipway.example', name: 'Margarete Kowalski' };

describe('a new password', () => {
  it.each([
    ['is long enough', 'seven77', 'PASSWORD_TOO_SHORT'],
    ['is not one of the common ones', 'sunshine', 'PASSWORD_COMMON'],
    ['is not a common one with a capital and a year', 'Football2024', 'PASSWORD_COMMON'],
    ['is not a keyboard row', 'qwertyuiop', 'PASSWORD_COMMON'],
    ['is not one piece again and again', 'abcabcabcabc', 'PASSWORD_COMMON'],
    ['is not the own address', OWNER.email, 'PASSWORD_COMMON'],
    ['is not the own name with a digit', 'MargareteKowalski1', 'PASSWORD_COMMON'],
    ['is not the name of the product', 'Slipway2026', 'PASSWORD_COMMON'],
  ])('%s', async (_what, password, code) => {
    expect(await checkNewPassword(password, OWNER)).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
  });

  it.each(['correct horse battery', 'пароль из многих слов', 'tin whistle 40 oranges', randomPassword()])('may be %s', async (password) => {
    expect(await checkNewPassword(password, OWNER)).toBeNull();
  });

  it('that is made for somebody is random and can be read out', () => {
    expect(randomPassword()).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}$/);
    expect(new Set(Array.from({ length: 1_000 }, randomPassword)).size).toBe(1_000);
  });
});
