import { expect, it } from 'vitest';
import { invitationText } from './invitation-page.rules';

const opened = {
  state: 'OPEN',
  email: 'a@b.example',
  name: 'Ada',
  customerName: 'Lark',
  inviterName: null,
  isForStaff: false,
  hasAccount: false,
} as const;

it.each([
  [{}, 'Aurora has an account for you, to download the software of Lark.'],
  [{ inviterName: 'Bo' }, 'Bo invites you to download the software that Lark has from Aurora.'],
  [{ isForStaff: true, customerName: null }, 'Aurora invites you to work on its releases.'],
])('an invitation with %j says who invites and for what', (change, text) => {
  expect(invitationText({ ...opened, ...change }, 'Aurora')).toBe(text);
});
