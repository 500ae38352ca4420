import { describe, expect, it } from 'vitest';
import { choiceFor, NEWS_CHOICES, wantsNews, wantsRecalls } from './news-choice.js';

const beta = { channel: 'beta', isSecurityFix: false };
const stable = { channel: 'stable', isSecurityFix: false };
const fix = { channel: 'stable', isSecurityFix: true };
const betaFix = { channel: 'beta', isSecurityFix: true };

describe('news', () => {
  it('is what was chosen', () => {
    const told = NEWS_CHOICES.map((choice) => [choice, ...[beta, stable, betaFix, fix].map((release) => wantsNews(choice, release))]);
    expect(told).toEqual([
      ['ALL', true, true, true, true],
      ['STABLE', false, true, true, true],
      ['SECURITY', false, false, true, true],
      ['NONE', false, false, false, false],
    ]);
  });

  it('of a recall reaches everybody who wants any mail', () => {
    expect(NEWS_CHOICES.map(wantsRecalls)).toEqual([true, true, true, false]);
  });

  it('of one product is as chosen for it, else as chosen for all', () => {
    expect(choiceFor('NONE', 'ALL')).toBe('NONE');
    expect(choiceFor(undefined, 'SECURITY')).toBe('SECURITY');
    expect(choiceFor(undefined, undefined)).toBe('ALL');
  });
});
