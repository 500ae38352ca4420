import { expect, it } from 'vitest';
import { checkInvite, initialsOf, invitationActions, invitationBadge } from './people.rules';

it.each([
  ['Ada Lark', 'AL'],
  ['  ada  ', 'A'],
  ['Ada Maria Lark', 'AM'],
  ['', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('asks for name and address before anything is sent', () => {
  expect(Object.keys(checkInvite({ email: 'nobody', name: ' ' }))).toEqual(['email', 'name']);
  expect(checkInvite({ email: ' ada@lark.example ', name: 'Ada' })).toEqual({});
});

it.each([
  ['OPEN', null, 'Invited on Nov 24, 2026'],
  ['OPEN', 'The server refused it.', 'Mail did not arrive'],
  ['EXPIRED', null, 'Expired'],
  ['REQUESTED', null, 'Asks for an account'],
] as const)('an invitation that is %s with the problem %j shows %j', (state, problem, text) => {
  expect(invitationBadge({ state, problem, createdAt: '2026-11-24T10:00:00Z' }, 'UTC').text).toBe(text);
});

it('a request is approved or declined, and a link is copied only where there is one', () => {
  expect(invitationActions({ state: 'REQUESTED', url: null })).toEqual(['approve', 'decline']);
  expect(invitationActions({ state: 'OPEN', url: null })).toEqual(['send', 'revoke']);
  expect(invitationActions({ state: 'OPEN', url: 'https://x.example/' })).toEqual(['copy', 'send', 'revoke']);
});
