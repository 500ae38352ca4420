import { describe, expect, it } from 'vitest';
import { impactSentence } from './impact';

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
});
