import { describe, expect, it } from 'vitest';
import { VARIABLE_NAMES } from '../../config/variables.js';
import { hasS3 } from '../stores.js';
import { tryStart } from './start-in-process.js';
import { WRONG_VALUES, type WrongValue } from './wrong-values.cases.js';

const HAS = { MariaDB: process.env['TEST_DATABASE_URL'] !== undefined, S3: hasS3 };
const isPossible = ({ needs }: WrongValue): boolean => needs === undefined || HAS[needs];
const ROWS = VARIABLE_NAMES.flatMap((name) => WRONG_VALUES[name].filter(isPossible).map((wrong) => ({ name, ...wrong })));

describe('a wrong value in the environment', () => {
  it('is in the table for every variable that the configuration knows', () => {
    expect(VARIABLE_NAMES.filter((name) => (WRONG_VALUES[name] ?? []).length === 0)).toEqual([]);
  });

  it.each(ROWS)(
    '$name=$value is told in one sentence, which holds no secret',
    async ({ name, value, beside, sentence, starts = false }) => {
      const { lines, isServing, leftFolder } = await tryStart({ ...beside, [name]: value });
      const told = lines.filter((line) => line !== '');
      if (!starts) {
        expect(told).toEqual([sentence]);
        expect(isServing).toBe(false);
        // How good a password is, is looked at when the first admin is made.
        if (name !== 'ADMIN_PASSWORD') expect(leftFolder).toBe(false);
        return;
      }
      // The detail in brackets is the store's own word, for whoever looks further.
      expect(told.filter((line) => line.startsWith(sentence))).toHaveLength(1);
      expect(isServing).toBe(true);
    },
  );
});
