import { describe, expect, it } from 'vitest';
import { checkNewPassword } from './password-rules.js';
import { randomPassword } from './passwords.js';

const OWNER = { email: 'margarete.kowalski@slipway.example', name: 'Margarete Kowalski' };

describe('a new password', () => {
  it.each([
    ['is long enough', 'seven77', 'PASSWORD_TOO_SHORT'],
    ['is not one of the common ones', 'sunshine', 'PASSWORD_COMMON'],
    ['is not a common one with a capital and a year', 'Football2024', 'PASSWORD_COMMON'],
    ['is not a word with a year', 'summer2024', 'PASSWORD_COMMON'],
    ['is not a year with a word', '2024summer', 'PASSWORD_COMMON'],
    ['is not a word, a sign and a year', 'Summer-2024!', 'PASSWORD_COMMON'],
    ['is not a word with a date', 'winter24122024', 'PASSWORD_COMMON'],
    ['is not a word in disguise', 'P@ssw0rd2024', 'PASSWORD_COMMON'],
    ['is not a word in disguise with a digit', 'Summ3r!!', 'PASSWORD_COMMON'],
    ['is not an ordinary word with digits', 'abdomen123', 'PASSWORD_COMMON'],
    ['is not a word twice', 'summersummer', 'PASSWORD_COMMON'],
    ['is not a word with a year twice', 'summer2024summer2024', 'PASSWORD_COMMON'],
    ['is not a date', '24121987', 'PASSWORD_COMMON'],
    ['is not initials with a date', 'mk24121987', 'PASSWORD_COMMON'],
    ['is not the own address with a year', 'margarete.kowalski1987', 'PASSWORD_COMMON'],
    ['is not a keyboard row', 'qwertyuiop', 'PASSWORD_COMMON'],
    ['is not one piece again and again', 'abcabcabcabc', 'PASSWORD_COMMON'],
    ['is not the own address', OWNER.email, 'PASSWORD_COMMON'],
    ['is not the own name with a digit', 'MargareteKowalski1', 'PASSWORD_COMMON'],
    ['is not the name of the product', 'Slipway2026', 'PASSWORD_COMMON'],
  ])('%s', async (_what, password, code) => {
    expect(await checkNewPassword(password, OWNER)).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
  });

  it.each([
    'correct horse battery',
    'correct-horse-battery-staple',
    'summer of 69 whales',
    'пароль из многих слов',
    'tin whistle 40 oranges',
    'x8293746152',
    'Kq7#vLw2',
    'summer829374615209',
    randomPassword(),
  ])('may be %s', async (password) => {
    expect(await checkNewPassword(password, OWNER)).toBeNull();
  });

  it('that is made for somebody is random and can be read out', () => {
    expect(randomPassword()).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}$/);
    expect(new Set(Array.from({ length: 1_000 }, randomPassword)).size).toBe(1_000);
  });
});
