import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromSqlInstant, fromSqlInstantOrNull } from '../../database/instants.js';
import { createLog } from '../../kernel/log.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { claimJob, databaseNow, enqueueJob, finishJob, postponeJob, renewLease, type LeasedJob } from './job-queue.js';
import { JobRunner } from './job-runner.js';

const LEASE_SECONDS = 60;
const LONG_AGO = '2000-01-01 00:00:00.000';

interface Row {
  readonly attempts: number;
  readonly run_at: string | Date;
  readonly lease_until: string | Date | null;
  readonly finished_at: string | Date | null;
  readonly last_error: string | null;
}

/** Jobs go by the database's own clock: tests move the rows, not the time. */
describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('a job on $name', ({ create }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await create();
  });
  afterAll(() => test.drop());
  beforeEach(() => run('DELETE FROM job'));

  const run = async (sql: string, parameters: readonly string[] = []): Promise<void> =>
    test.database.transaction(async (tx) => void (await tx.execute(sql, [...parameters])));
  const ask = (kind = 'one'): Promise<void> =>
    test.database.transaction((tx) => enqueueJob(tx, { kind, dedupeKey: kind, payload: { kind }, runAt: new Date(0) }));
  const claim = (): Promise<LeasedJob | null> => test.database.transaction((tx) => claimJob(tx, ['one'], LEASE_SECONDS));
  const claimed = async (): Promise<LeasedJob> => (await claim()) ?? expect.fail('nothing was due');
  const finish = (job: LeasedJob): Promise<void> => test.database.transaction((tx) => finishJob(tx, job));
  const renew = (job: LeasedJob): Promise<boolean> => test.database.transaction((tx) => renewLease(tx, job, 10 * LEASE_SECONDS));
  const postpone = (job: LeasedJob): Promise<void> =>
    test.database.transaction((tx) => postponeJob(tx, job, { delaySeconds: 100, error: 'It failed.' }));
  const rows = (): Promise<Row[]> => test.database.query<Row>('SELECT * FROM job');
  const row = async (): Promise<Row> => (await rows())[0] ?? expect.fail('there is no job');
  const letLeaseEnd = (): Promise<void> => run('UPDATE job SET lease_until = ?', [LONG_AGO]);

  it('that is asked for twice is one, also after it was done', async () => {
    await ask();
    await ask();
    expect(await rows()).toHaveLength(1);
    await finish(await claimed());
    await ask();
    expect([(await rows()).length, await claim()]).toEqual([1, null]);
  });

  it('is not taken before its time', async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    await test.database.transaction((tx) => enqueueJob(tx, { kind: 'one', dedupeKey: 'later', payload: {}, runAt }));
    expect(await claim()).toBeNull();
    await run('UPDATE job SET run_at = ?', [LONG_AGO]);
    expect(await claim()).not.toBeNull();
  });

  it('belongs to whoever leased it, and to another one once the lease is over', async () => {
    await ask();
    const first = await claimed();
    expect([first.attempts, await claim()]).toEqual([1, null]);
    await letLeaseEnd();
    const second = await claimed();
    expect([second.attempts, second.leaseToken === first.leaseToken, await claim()]).toEqual([2, false, null]);
  });

  it('is kept by who renews the lease, and is out of reach of who has lost it', async () => {
    await ask();
    const lost = await claimed();
    expect(await renew(lost)).toBe(true);
    await letLeaseEnd();
    const owner = await claimed();
    const before = await row();
    expect(await renew(lost)).toBe(false);
    await postpone(lost);
    await expect(finish(lost)).rejects.toThrow('taken over');
    expect(await row()).toEqual(before);
    await finish(owner);
    await expect(finish(owner)).rejects.toThrow('taken over');
  });

  it('whose lease was lost has no effect: what was written with its end is undone', async () => {
    await ask();
    const lost = await claimed();
    await letLeaseEnd();
    await claimed();
    const effect = test.database.transaction(async (tx) => {
      await enqueueJob(tx, { kind: 'effect', dedupeKey: 'effect', payload: {} });
      await finishJob(tx, lost);
    });
    await expect(effect).rejects.toThrow('taken over');
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    [0, 2],
    [1, 4],
    [2, 8],
    [7, 256],
    [8, 300],
    [40, 300],
  ])('that failed after %i tries before waits %i seconds, keeps the reason and its lease is free', async (triesBefore, seconds) => {
    await ask();
    await run('UPDATE job SET attempts = ?', [String(triesBefore)]);
    const runner = new JobRunner(test.database, createLog('silent'));
    const handler = async (): Promise<never> => {
      throw new Error('The store is away.');
    };
    runner.register('files', 'one', { handler });
    const now = async (): Promise<number> => (await databaseNow(test.database)).getTime();
    const begun = await now();
    expect(await runner.runDue()).toBe(1);
    const ended = await now();
    const left = await row();
    const runAt = fromSqlInstant(left.run_at).getTime();
    expect([runAt >= begun + seconds * 1_000, runAt <= ended + seconds * 1_000]).toEqual([true, true]);
    expect([left.attempts, left.last_error, fromSqlInstantOrNull(left.lease_until), left.finished_at]).toEqual([
      triesBefore + 1,
      'The store is away.',
      null,
      null,
    ]);
  });
});
