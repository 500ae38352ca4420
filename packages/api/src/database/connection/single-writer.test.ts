import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';

const TRANSACTIONS = 200;
const ROWS_EACH = 3;
const ROUNDS = 40;

const dialect = (name: string) => TEST_DIALECTS.filter((one) => one.name === name && one.isAvailable);

describe.each(TEST_DIALECTS.filter((one) => one.isAvailable))('many transactions at once on $name', ({ create }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await create();
    await test.database.writer.query('CREATE TABLE written (batch INTEGER NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (batch, part))');
  });
  afterAll(() => test.drop());

  /** Inserts its rows one turn of the event loop apart; every third one then fails. */
  const write = (batch: number): Promise<void> =>
    test.database.transaction(async (tx) => {
      for (let part = 0; part < ROWS_EACH; part += 1) {
        await tx.execute('INSERT INTO written (batch, part) VALUES (?, ?)', [batch, part]);
        await nextTurn();
      }
      if (batch % 3 === 0) throw new Error(`batch ${batch} fails`);
    });

  /** Reads between the writes. @returns batches that were seen in part */
  const seeParts = (): Promise<object[]> =>
    test.database.query(`SELECT batch, COUNT(*) AS total FROM written GROUP BY batch HAVING COUNT(*) <> ${ROWS_EACH}`);

  it('keep what was acknowledged, leave nothing of what failed, and are never seen in part', async () => {
    const reads: Promise<object[]>[] = [];
    const outcomes = await Promise.allSettled(
      Array.from({ length: TRANSACTIONS }, (_, batch) => {
        const writing = write(batch);
        reads.push(writing.catch(() => undefined).then(seeParts), seeParts());
        return writing;
      }),
    );
    expect((await Promise.all(reads)).flat()).toEqual([]);
    const kept = outcomes.flatMap((outcome, batch) => (outcome.status === 'fulfilled' ? [batch] : []));
    expect(kept).toEqual(Array.from({ length: TRANSACTIONS }, (_, batch) => batch).filter((batch) => batch % 3 !== 0));
    const rows = await test.database.query<{ batch: number; total: number }>(
      'SELECT batch, COUNT(*) AS total FROM written GROUP BY batch ORDER BY batch',
    );
    expect(rows.map((row) => [row.batch, Number(row.total)])).toEqual(kept.map((batch) => [batch, ROWS_EACH]));
  });
});

describe.each(dialect('MariaDB'))('two transactions that lock two rows in opposite order on $name', ({ create }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await create();
    await test.database.writer.query('CREATE TABLE tally (id INTEGER NOT NULL PRIMARY KEY, total INTEGER NOT NULL)');
    await test.database.writer.query('INSERT INTO tally (id, total) VALUES (1, 0), (2, 0)');
  });
  afterAll(() => test.drop());

  it('both finish in every round, and no count is lost', async () => {
    let attempts = 0;
    const countBoth = (ids: readonly number[]): Promise<void> =>
      test.database.transaction(async (tx) => {
        attempts += 1;
        for (const id of ids) {
          const [row] = await tx.query<{ total: number }>('SELECT total FROM tally WHERE id = ? FOR UPDATE', [id]);
          await tx.execute('UPDATE tally SET total = ? WHERE id = ?', [Number(row?.total) + 1, id]);
        }
      });
    for (let round = 0; round < ROUNDS; round += 1) await Promise.all([countBoth([1, 2]), countBoth([2, 1])]);
    const rows = await test.database.query<{ total: number }>('SELECT total FROM tally ORDER BY id');
    expect(rows.map((row) => row.total)).toEqual([2 * ROUNDS, 2 * ROUNDS]);
    expect(attempts, 'deadlocks happened and were tried again').toBeGreaterThan(2 * ROUNDS);
  });
});
