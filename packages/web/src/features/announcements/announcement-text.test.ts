import { describe, expect, it } from 'vitest';
import { fateOf, sendingTime, summaryOf } from './announcement-text';

it.each([
  [1_247, 200, 'About 7 min at 200 a minute'],
  [100_000, 200, 'About 9 h at 200 a minute'],
  [10, null, null],
  [0, 10, null],
])('%d people at %s a minute take: %s', (people, perMinute, text) => {
  expect(sendingTime(people, perMinute)).toBe(text);
});

describe('an announcement in a list', () => {
  const row = { waiting: 0, mailed: 1, noticeOnly: 1, sendAt: null, problem: null } as Parameters<typeof summaryOf>[0];
  it.each([
    [{ ...row, state: 'SENT' as const }, '2 people told'],
    [{ ...row, state: 'SENDING' as const, waiting: 8 }, '2 of 10 people told'],
    [{ ...row, state: 'DRAFT' as const }, 'Was not sent'],
    [{ ...row, state: 'STOPPED' as const, problem: 'The release was deleted.' }, 'The release was deleted.'],
  ])('says what became of it', (one, text) => {
    expect(summaryOf(one)).toBe(text);
  });
});

it.each([
  ['WAITING', null, 'Waiting'],
  ['LEFT_OUT', null, 'Left out'],
  ['NOTICE_ONLY', null, 'Notice only'],
  ['MAILED', 'FAILED', 'Failed'],
  ['MAILED', 'UNKNOWN', 'Unknown'],
  ['MAILED', 'HELD', 'Held'],
  ['MAILED', null, 'Sent'],
] as const)('somebody who is %s, with a mail that is %s, reads %s', (state, mailState, label) => {
  expect(fateOf({ state, mailState }).label).toBe(label);
});
