import { expect, it } from 'vitest';
import { addressChangeText } from './account.rules';

it.each([
  [false, false, /^Both/],
  [true, false, /^The new/],
  [false, true, /^Your present/],
])('a change whose old address has confirmed (%s), and new one (%s), says who is left', (isOldConfirmed, isNewConfirmed, text) => {
  expect(addressChangeText({ isOldConfirmed, isNewConfirmed })).toMatch(text);
});
