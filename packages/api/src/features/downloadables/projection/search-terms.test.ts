import { describe, expect, it } from 'vitest';
import { termsOf, withoutContinued } from './search-terms.js';

const termsOfNotes = (changelog: string): string[] => termsOf({ version: '1', name: null, changelog });

describe('the terms of a release', () => {
  it('are those of its version, as far as each separator', () => {
    const terms = termsOf({ version: 'v2.4.1-beta.3', name: null, changelog: '' });
    expect(terms).toEqual(
      expect.arrayContaining(['2', '2.4', '2.4.1', '2.4.1-beta', '2.4.1-beta.3', 'v2.4', 'v2.4.1-beta.3', 'beta', '3']),
    );
  });

  it('are the words of its notes with their beginnings and pieces', () => {
    expect(termsOfNotes('Undoes 2.4.1 of app.config_file')).toEqual(
      expect.arrayContaining(['undoes', '2.4.1', '2.4', '2', '4', 'app.config_file', 'app.config', 'config', 'file']),
    );
  });

  it.each(['2.4.1', 'V2.4.1-rc.1', '2.0.0-rc-1', '1.0.0+build.5', '1.0.0-rc.2+b5', '1.0.0--x', '01.02', `1.0.0-${'snapshot-'.repeat(6)}1`])(
    'of %s have a word before each word that goes on',
    (word) => {
      const terms = new Set([...termsOf({ version: word, name: null, changelog: '' }), ...termsOfNotes(word)]);
      const beginnings = [...terms]
        .flatMap((term) => [...term.matchAll(/[._+-]/g)].map(({ index }) => term.slice(0, index)))
        .filter(Boolean);
      expect(beginnings.filter((beginning) => !terms.has(beginning))).toEqual([]);
    },
  );
});

it('what goes on after another term is left out', () => {
  expect(withoutContinued(['2.4.1', '2.4', '2.40', '2.40.1', '2.5.1', '2.4-beta', '2.4_x'])).toEqual(['2.4', '2.40', '2.5.1']);
});
