import { expect, it } from 'vitest';
import { erasureTexts, isConfirmed } from './erasure.rules';

it.each([
  [{ licenses: 0, isCapped: false, people: 1 }, ['1 sign-in and every open session.']],
  [{ licenses: 1, isCapped: false, people: 0 }, ['1 license, revoked. Its key stops working at once and can never be shown again.']],
  [
    { licenses: 3, isCapped: false, people: 1 },
    ['3 licenses, revoked. The keys stop working at once and can never be shown again.', '1 sign-in and every open session.'],
  ],
  [
    { licenses: 1_000, isCapped: true, people: 2 },
    [
      'More than 1,000 licenses, revoked. The keys stop working at once and can never be shown again.',
      '2 sign-ins and every open session.',
    ],
  ],
])('what ends is said as it is for %j', (erasable, lines) => {
  expect(erasureTexts(erasable)[0]).toEqual({ heading: 'Ends', lines });
});

it('nothing is said to end where there is nothing', () => {
  expect(erasureTexts({ licenses: 0, isCapped: false, people: 0 }).map(({ heading }) => heading)).toEqual([
    'Removed',
    'Stays',
    'Out of reach',
  ]);
});

it('the address is confirmed as people type it, and no other is', () => {
  expect(isConfirmed(' Anna@North.example ', 'anna@north.example')).toBe(true);
  expect(isConfirmed('anna@north.exampl', 'anna@north.example')).toBe(false);
  expect(isConfirmed('', 'anna@north.example')).toBe(false);
});
