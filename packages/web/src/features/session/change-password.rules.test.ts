import { expect, it } from 'vitest';
import { checkPasswordChange } from './change-password.rules';

const good = { currentPassword: 'old', newPassword: 'tin whistle 40', repeated: 'tin whistle 40' };

it.each([
  ['nothing, when all is there', {}, []],
  ['the present password, when it is missing', { currentPassword: '' }, ['currentPassword']],
  ['the new password, when it is short', { newPassword: 'short', repeated: 'short' }, ['newPassword']],
  ['the repetition, when it differs', { repeated: 'tin whistle 41' }, ['repeated']],
])('the form asks for %s', (_what, change, fields) => {
  expect(Object.keys(checkPasswordChange({ ...good, ...change }))).toEqual(fields);
});
