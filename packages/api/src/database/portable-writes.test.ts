import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { enqueueJob, claimJob } from '../machinery/jobs/job-queue.js';
import { newId } from '../kernel/ids.js';
import { TEST_DIALECTS } from '../testing/databases.js';
import { isRetryable } from './errors.js';

const SOURCE = fileURLToPath(new URL('../', import.meta.url));

it('no statement ignores what is wrong with a row: absent is told by the key alone', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  // Migrations that have been released stay as they are.
  const found = files.filter(
    (path) => !/migrations\/17637/.test(path) && /\bINSERT (?:OR )?(?:IGNORE|REPLACE|\$\{)/.test(readFileSync(SOURCE + path, 'utf8')),
  );
  expect(found).toEqual([]);
});

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('writing on $name', ({ create }) => {
  const job = (id: string, kind: string) => ({ id, kind, dedupe_key: kind, payload: '{}', run_at: '2026-01-01 00:00:00.000', attempts: 0 });

  it('inserting what is absent tells whether it did, and refuses what does not fit or refers to nothing', async () => {
    const { database, drop } = await create();
    const insert = (table: string, row: Record<string, string | number>) => database.transaction((tx) => tx.insertIfAbsent(table, row));
    expect(await insert('job', job(newId(), 'a'))).toBe(true);
    expect(await insert('job', job(newId(), 'a'))).toBe(false);
    await expect(insert('downloadable_term', { term: 'a', sort_date: '2026-01-01', downloadable_id: newId() })).rejects.toThrow();
    await expect(
      insert('job', { id: newId(), kind: 'b', dedupe_key: 'b', payload: '{}', run_at: '2026-01-01 00:00:00.000' }),
    ).rejects.toThrow();
    if (database.dialect === 'mysql') await expect(insert('search_term', { term: 'x'.repeat(41) })).rejects.toThrow();
    await drop();
  });

  it('inserting values that are absent leaves the others as they are', async () => {
    const { database, drop } = await create();
    const insert = (values: readonly string[]) => database.transaction((tx) => tx.insertValuesIfAbsent('search_term', 'term', values));
    for (const values of [['a', 'b'], ['b', 'c'], [], ['a', 'b', 'c']]) await insert(values);
    expect(await database.query('SELECT term FROM search_term ORDER BY term')).toEqual([{ term: 'a' }, { term: 'b' }, { term: 'c' }]);
    await drop();
  });

  it('replicas that want the same job at once each get one, while there are enough', async () => {
    const { database, drop } = await create();
    const kinds = Array.from({ length: 6 }, (_, index) => `kind-${index}`);
    await database.transaction(async (tx) => {
      for (const kind of kinds) await enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: new Date(0) });
    });
    const claimed = await Promise.all(kinds.map(() => database.transaction((tx) => claimJob(tx, kinds, 60))));
    expect(claimed.map((one) => String(one?.kind)).sort()).toEqual(kinds);
    await drop();
  });
});

it.each([
  ['a deadlock', 1213, 1, 5, true],
  ['a deadlock for the eighth time', 1213, 8, 100, false],
  ['a lock that was waited for in vain', 1205, 1, 50_000, false],
  ['a lock that was waited for in vain, where the server waits a second', 1205, 2, 2_000, true],
  ['a broken rule', 1062, 1, 5, false],
])('%s: a transaction is tried again only for a while', (_what, errno, attempt, elapsedMs, isTried) => {
  expect(isRetryable({ errno }, { attempt, elapsedMs })).toBe(isTried);
});
