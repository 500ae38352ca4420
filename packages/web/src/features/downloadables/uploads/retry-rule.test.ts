import { expect, it } from 'vitest';
import { isWorthRetrying, retryWaitMs } from './retry-rule';
import { PartRejected, UploadRefused } from './upload-failure';

it('waits twice as long after every failure, at most 20 s', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(retryWaitMs)).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
});

it.each([
  ['a lost connection', new Error('offline'), 1000, true],
  ['a sick store', new PartRejected(503), 1000, true],
  ['an expired signature', new PartRejected(403), 1, true],
  ['a store that says no for the eighth time', new PartRejected(403), 8, false],
  ['a refusal of the API', new UploadRefused('too large', 'FILE_TOO_LARGE'), 1, false],
])('decides whether %s is worth another try', (_, error, attempt, expected) => {
  expect(isWorthRetrying(error, attempt)).toBe(expected);
});
