import { describe, expect, it } from 'vitest';
import { impactNote, impactSentence } from './impact';

const sums = (GAINS: number, KEEPS: number, LOSES: number, STAYS_WITHOUT: number) => ({ GAINS, KEEPS, LOSES, STAYS_WITHOUT });

describe('the impact in one line', () => {
  it.each([
    [sums(312, 0, 0, 20), '312 licenses get it, 20 do not.'],
    [sums(1, 0, 0, 1), '1 license gets it, 1 does not.'],
    [sums(0, 3, 1_204, 7), '1,204 licenses lose it, 3 keep it, 7 did not have it.'],
    [sums(0, 5, 0, 0), '5 licenses keep it.'],
    [sums(0, 0, 0, 4), 'No license gets it, of 4.'],
    [sums(0, 0, 0, 0), 'No license is for this product.'],
  ])('of a release with %j: %s', (given, text) => expect(impactSentence('RELEASE', given)).toBe(text));

  it('of a release as it is: who gets it, and who does not', () => {
    expect(impactSentence('ACCESS', sums(0, 3, 0, 7))).toBe('3 licenses get it, 7 do not.');
  });

  it.each([
    [sums(3, 12, 1, 9), 'It gains 3 releases, loses 1, keeps 12.'],
    [sums(0, 1, 0, 2), 'It keeps 1 release, and nothing changes.'],
    [sums(0, 0, 0, 2), 'It has no release, before and after.'],
    [sums(0, 0, 0, 0), 'The product has no release yet.'],
  ])('of a license with %j: %s', (given, text) => expect(impactSentence('LICENSE', given)).toBe(text));

  it.each([
    [sums(312, 0, 0, 20), '312 licenses get at least one of them, 20 have none of them.'],
    [sums(0, 1, 1, 0), '1 license loses at least one of them, 1 keeps what it has.'],
    [sums(0, 5, 0, 0), '5 licenses keep what they have.'],
    [sums(0, 0, 0, 4), 'No license gets any of them, of 4.'],
    [sums(0, 0, 0, 0), 'No license is for these products.'],
  ])('of many releases with %j: %s', (given, text) => expect(impactSentence('RELEASES', given)).toBe(text));

  it.each([
    [sums(0, 9, 300, 20), 'On this channel it reaches 9 licenses: 300 fewer than before.'],
    [sums(300, 9, 0, 20), 'On this channel it reaches 309 licenses: 300 more than before.'],
    [sums(0, 0, 3, 0), 'On this channel it reaches no license: 3 fewer than before.'],
    [sums(0, 1, 0, 3), 'On this channel it reaches the same 1 license as before.'],
    [sums(0, 0, 0, 3), 'No license gets it, on this channel or the one before.'],
    [sums(0, 0, 0, 0), 'No license is for this product.'],
  ])('of the channel of a release with %j: %s', (given, text) => expect(impactSentence('CHANNEL', given)).toBe(text));

  it.each([
    [sums(12, 300, 3, 1), '12 licenses gain releases, 3 lose releases, 300 keep what they have, 1 has none.'],
    [sums(0, 300, 0, 1), 'No license gains or loses a release.'],
  ])('of the channels of a product with %j: %s', (given, text) => expect(impactSentence('CHANNELS', given)).toBe(text));

  it.each([
    [sums(0, 4, 312, 1), '312 licenses lose their newest version, 4 keep their newest version, 1 has none.'],
    [sums(1, 0, 0, 20), '1 license gets a newer version, 20 have none.'],
    [sums(0, 7, 0, 0), 'No license gets or loses a version: 7 licenses keep their newest version.'],
    [sums(0, 0, 0, 0), 'No license matches.'],
  ])('of many licenses with %j: %s', (given, text) => expect(impactSentence('LICENSES', given)).toBe(text));
});

describe('what a menu says of a change before it is made', () => {
  it.each([
    ['ARCHIVE', null, 'Those who have it keep it'],
    ['ARCHIVE', { sums: sums(0, 312, 0, 2), isWhole: true }, '312 licenses keep it'],
    ['ARCHIVE', { sums: sums(0, 0, 0, 2), isWhole: true }, 'No license has it'],
    ['UNPUBLISH', { sums: sums(0, 0, 1, 2), isWhole: true }, '1 license loses it'],
    ['UNPUBLISH', { sums: sums(0, 0, 200, 0), isWhole: false }, '200 or more licenses lose it'],
    ['UNPUBLISH', { sums: sums(0, 0, 0, 200), isWhole: false }, 'Customers no longer see it'],
    ['PUBLISH', { sums: sums(7, 0, 0, 2), isWhole: true }, '7 licenses get it'],
  ] as const)('%s with %j: %s', (change, counted, text) => expect(impactNote(change, counted)).toBe(text));
});
