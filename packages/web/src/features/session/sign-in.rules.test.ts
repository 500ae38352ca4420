import { expect, it } from 'vitest';
import { credentialsOf, placeErrors } from './sign-in.rules';

const empty = { email: '', password: '', licenseKey: '' };

it('empty fields are named before anything is sent', () => {
  expect(credentialsOf('password', empty).problems.map(({ field }) => field)).toEqual(['email', 'password']);
  expect(credentialsOf('license', empty).problems.map(({ field }) => field)).toEqual(['licenseKey']);
});

it('a pasted key loses the space around it, a password keeps it', () => {
  expect(credentialsOf('license', { ...empty, licenseKey: ' KEY\n' }).input).toEqual({ licenseKey: 'KEY' });
  expect(credentialsOf('password', { ...empty, email: ' a@b.c ', password: ' pw ' }).input).toEqual({ email: 'a@b.c', password: ' pw ' });
});

it('a refusal without a field stands at the last field, a lost connection above the form', () => {
  expect(placeErrors('password', [{ code: 'INVALID_CREDENTIALS', message: 'Wrong.', field: null }])).toEqual({ password: 'Wrong.' });
  expect(placeErrors('password', [{ code: 'UNREACHABLE', message: 'Offline.', field: null }])).toEqual({ form: 'Offline.' });
});
