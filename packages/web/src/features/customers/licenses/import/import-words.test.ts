import { expect, it } from 'vitest';
import { countsText, doneOf, importText, importTitle, isWorking, outcomeText } from './import-words';

const file = { state: 'CHECKED', total: 4, created: 1, changed: 1, unchanged: 1, failed: 1, problem: null } as const;

it.each([
  [{ state: 'CHECKING' }, 'Checking the file', 'Nothing is changed yet.'],
  [{}, 'Ready to import', '1 line has an error and is left out.'],
  [{ failed: 0 }, 'Ready to import', 'Nothing is changed yet.'],
  [{ failed: 0, created: 0, changed: 0 }, 'There is nothing to import', 'All of it is so already.'],
  [{ state: 'RUNNING' }, 'Importing licenses', 'You can leave this page'],
  [{ state: 'DONE' }, 'The import is done', 'Mend the lines that failed'],
  [{ state: 'DONE', failed: 0 }, 'The import is done', 'Every line'],
  [{ state: 'STOPPED', problem: 'They are gone.' }, 'The import was stopped', 'They are gone.'],
] as const)('an import with %j says how far it is', (change, title, text) => {
  const one = { ...file, ...change };
  expect([importTitle(one), importText(one)]).toEqual([title, expect.stringContaining(text)]);
});

it('a line tells what it will do before, and what it did after the import', () => {
  expect([outcomeText('CREATE', 'CHECKED'), outcomeText('CREATE', 'DONE')]).toEqual(['New', 'Created']);
  expect([doneOf(file), isWorking(file)]).toEqual([4, false]);
});

it.each([
  [{}, '4 lines: 1 new, 1 to change, 1 unchanged, 1 with errors'],
  [{ state: 'DONE', unchanged: 0, failed: 0, total: 2 }, '2 lines: 1 created, 1 changed'],
  [{ state: 'CHECKING', created: 0, changed: 0, unchanged: 0, failed: 0 }, '4 lines'],
] as const)('an import with %j is counted as %s', (change, text) => expect(countsText({ ...file, ...change })).toBe(text));
