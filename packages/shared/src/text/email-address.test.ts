import { describe, expect, it } from 'vitest';
import { asciiEmail } from './email-address.js';
import { checkEmail, emailKey } from './field-rules.js';

describe('an e-mail address', () => {
  // As Node's `domainToASCII` answers; its test beside the accounts of the API compares the two.
  it.each([
    ['user@bücher.example', 'user@xn--bcher-kva.example'],
    ['user@Bu\u0308cher.example', 'user@xn--bcher-kva.example'],
    ['user@BÜCHER.Example', 'user@xn--bcher-kva.example'],
    ['user@例え。テスト', 'user@xn--r8jz45g.xn--zckzah'],
    ['user@straße.example', 'user@xn--strae-oqa.example'],
    ['user@пример.испытание', 'user@xn--e1afmkfd.xn--80akhbyknj4f'],
    // Invisible characters come with what is pasted: they make no other address.
    ['user@example\ufe0f.com', 'user@example.com'],
    ['user@b\u034fücher\u200d.example', 'user@xn--bcher-kva.example'],
    ['User@Example.com', 'User@Example.com'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(asciiEmail(typed)).toBe(kept);
    expect(checkEmail(typed)).toBeNull();
    expect(emailKey(typed)).toBe(kept.toLowerCase());
    expect(asciiEmail(asciiEmail(typed))).toBe(kept);
  });

  it.each([
    'user@b cher.example',
    'user@\u0301e.example',
    'user@xn--ü.example',
    'user@\u3164.example',
    'user@bücher',
    'user@bü/cher.example',
    `user@${'ü'.repeat(64)}.example`,
    `user@${'ü'.repeat(300)}.example`,
    'user@ü..example',
    'a@b@ü.example',
  ])('%s is none', (typed) => {
    expect(checkEmail(typed)?.code).toBe('EMAIL_INVALID');
  });
});
