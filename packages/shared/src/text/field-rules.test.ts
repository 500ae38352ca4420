import { describe, expect, it } from 'vitest';
import { checkChangelog, checkEmail, checkName, checkPassword, checkReason, checkSlug, emailKey } from './field-rules.js';
import { type Problem } from '../problem.js';
import { checkCalendarDate, checkHttpsUrl, checkSha256 } from './value-rules.js';

type Rule = (text: string) => Problem | null;

const checkTitle: Rule = (text) => checkName(text, { label: 'The name', maxLength: 5 });

/** Each rule with texts that are good, and texts that are not with their code. */
const CASES: readonly (readonly [name: string, rule: Rule, good: readonly string[], bad: Readonly<Record<string, string>>])[] = [
  [
    'checkSlug',
    checkSlug,
    ['a', 'aurora-studio', '3d', 'a'.repeat(63)],
    {
      '': 'SLUG_INVALID',
      Aurora: 'SLUG_INVALID',
      '-a': 'SLUG_INVALID',
      'a--b': 'SLUG_INVALID',
      'a b': 'SLUG_INVALID',
      ['a'.repeat(64)]: 'SLUG_INVALID',
    },
  ],
  [
    'checkName',
    checkTitle,
    ['a', 'Ünï 2'],
    { '': 'NAME_REQUIRED', '  ': 'NAME_REQUIRED', abcdef: 'TOO_LONG', 'a\nb': 'VALUE_INVALID', 'a\0': 'VALUE_INVALID' },
  ],
  [
    'checkEmail',
    checkEmail,
    ['a@b.co', "o'neil+x@sub.example.com", 'ü@example.com'],
    {
      '': 'EMAIL_INVALID',
      a: 'EMAIL_INVALID',
      'a@b': 'EMAIL_INVALID',
      'a b@c.de': 'EMAIL_INVALID',
      'a@b.de\n': 'EMAIL_INVALID',
      'a@@b.de': 'EMAIL_INVALID',
      'a@b..de': 'EMAIL_INVALID',
      'a\u202e@b.de': 'EMAIL_INVALID',
      'a\u200b@b.de': 'EMAIL_INVALID',
    },
  ],
  [
    'checkPassword',
    checkPassword,
    ['12345678', '🔑'.repeat(8), 'a'.repeat(128)],
    { '1234567': 'PASSWORD_TOO_SHORT', ['a'.repeat(129)]: 'PASSWORD_TOO_LONG' },
  ],
  ['checkChangelog', checkChangelog, ['', 'a'.repeat(64_000)], { ['a'.repeat(64_001)]: 'TOO_LONG' }],
  [
    'checkCalendarDate',
    checkCalendarDate,
    ['2026-03-01', '2024-02-29', '9999-12-31'],
    {
      '': 'DATE_INVALID',
      '2026-02-29': 'DATE_INVALID',
      '2026-13-01': 'DATE_INVALID',
      '2026-00-10': 'DATE_INVALID',
      '2026-1-1': 'DATE_INVALID',
      '0999-01-01': 'DATE_INVALID',
      '2026-03-01T00:00': 'DATE_INVALID',
    },
  ],
  [
    'checkSha256',
    checkSha256,
    ['a'.repeat(64), 'A0'.repeat(32)],
    { '': 'CHECKSUM_INVALID', ['g'.repeat(64)]: 'CHECKSUM_INVALID', ['a'.repeat(63)]: 'CHECKSUM_INVALID' },
  ],
  [
    'checkHttpsUrl',
    checkHttpsUrl,
    ['https://example.com', 'https://example.com:8443/a/b.zip?x=1#y', 'https://[::1]/a', 'HTTPS://EXAMPLE.COM/'],
    {
      '': 'URL_INVALID',
      'http://example.com': 'URL_INVALID',
      'https://': 'URL_INVALID',
      'https://user:pw@example.com/': 'URL_INVALID',
      'https://example.com/a b': 'URL_INVALID',
      'https://example.com:65536/': 'URL_INVALID',
      'javascript:alert(1)': 'URL_INVALID',
      'https://example.com/\n': 'URL_INVALID',
      'https://[....]/': 'URL_INVALID',
      'https://[1:2]/': 'URL_INVALID',
      'https://.../': 'URL_INVALID',
      'https://a..b/': 'URL_INVALID',
      'https://-a.example/': 'URL_INVALID',
      'https://0x7f.1/': 'URL_INVALID',
      'https://1.2.3.256/': 'URL_INVALID',
      'https://2130706433/': 'URL_INVALID',
      [`https://${'a'.repeat(64)}.example/`]: 'URL_INVALID',
    },
  ],
];

describe.each(CASES)('%s', (_name, rule, good, bad) => {
  it('accepts what is good', () => {
    expect(good.filter((text) => rule(text) !== null)).toEqual([]);
  });

  it('refuses what is not, with its code and one sentence', () => {
    for (const [text, code] of Object.entries(bad)) {
      const problem = rule(text);
      expect([text, problem?.code]).toEqual([text, code]);
      expect(problem?.message).toMatch(/^["A-Z].*\.$/s);
      expect(problem?.message.length).toBeLessThan(250);
    }
  });
});

it('an e-mail address has one form in which it is looked up, compared and counted', () => {
  const forms = ['Ana@Example.com', ' ana@example.com\t', 'ANA@EXAMPLE.COM\n', '\u00a0ana@example.com\ufeff'];
  expect([...new Set(forms.map(emailKey))]).toEqual(['ana@example.com']);
});

it('a reason that nobody sees is no reason', () => {
  expect(checkReason(' \u200b\n')?.code).toBe('REASON_REQUIRED');
});
