import { expect, it } from 'vitest';
import { credentialsOf, placeErrors } from './sign-in.rules';

const empty = { email: '', password: '', licenseKey: '', totpCode: '' };

it('empty fields are named before anything is sent', () => {
  expect(credentialsOf('password', empty).problems.map(({ field }) => field)).toEqual(['email', 'password']);
  expect(credentialsOf('license', empty).problems.map(({ field }) => field)).toEqual(['licenseKey']);
});

it('a pasted key loses the space around it, a password keeps it', () => {
  expect(credentialsOf('license', { ...empty, licenseKey: ' KEY\n' }).input).toEqual({ licenseKey: 'KEY' });
  expect(credentialsOf('password', { ...empty, email: ' a@b.c ', password: ' pw ' }).input).toEqual({ email: 'a@b.c', password: ' pw ' });
});

it('a code is sent once it was asked for, and what is wrong with it stands at its field', () => {
  const typed = { ...empty, email: 'a@b.c', password: 'pw' };
  expect(credentialsOf('password', { ...typed, totpCode: ' 123 456 ' }).input).toEqual({
    email: 'a@b.c',
    password: 'pw',
    totpCode: '123 456',
  });
  expect(placeErrors('password', [{ code: 'TOTP_WRONG', message: 'Wrong.', field: 'totpCode' }])).toEqual({ totpCode: 'Wrong.' });
});

it('a refusal without a field stands at the last field, a lost connection above the form', () => {
  expect(placeErrors('password', [{ code: 'INVALID_CREDENTIALS', message: 'Wrong.', field: null }])).toEqual({ password: 'Wrong.' });
  expect(placeErrors('password', [{ code: 'UNREACHABLE', message: 'Offline.', field: null }])).toEqual({ form: 'Offline.' });
});
