import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { mentionsAddress } from './erased-people.js';
import { PERSONAL_DATA } from './personal-data.js';

let test: TestDatabase | undefined;
beforeAll(async () => {
  test = await TEST_DIALECTS[0]?.create();
});
afterAll(() => test?.drop());

const listed = (name: string): string[] => {
  const { personal = {}, ended = {}, plain } = PERSONAL_DATA[name] ?? { plain: '' };
  return [...Object.keys(personal), ...Object.keys(ended), ...plain.split(' ')].sort();
};

it('every column of every table is known to hold personal values or not: a new one is added to PERSONAL_DATA', () => {
  const tables = test?.database.reader.entityMetadatas ?? [];
  expect(tables.length).toBeGreaterThan(30);
  for (const { tableName, columns } of tables)
    expect(listed(tableName), tableName).toEqual(columns.map(({ databaseName }) => databaseName).sort());
  expect(Object.keys(PERSONAL_DATA).sort()).toEqual(tables.map(({ tableName }) => tableName).sort());
});

it('every table with personal columns says which rows are somebody’s, or why nothing is replaced', () => {
  for (const [name, { personal, of, otherwise }] of Object.entries(PERSONAL_DATA))
    if (personal) expect(of !== undefined || otherwise !== undefined, name).toBe(true);
});

it.each([
  ['for ann@acme.example', true],
  ['Ann@ACME.example, until May', true],
  ['<ann@acme.example>.', true],
  ['joann@acme.example', false],
  ['ann@acme.example.org', false],
  ['jo.ann@acme.example', false],
  ['', false],
])('the label %j mentions ann@acme.example: %s', (label, isMentioned) => {
  expect(mentionsAddress(label, ['ann@acme.example'])).toBe(isMentioned);
});
