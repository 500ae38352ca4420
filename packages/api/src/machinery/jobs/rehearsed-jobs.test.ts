import { describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { TEST_DIALECTS } from '../../testing/databases.js';
import { enqueueJob } from './job-queue.js';
import { JobRunner } from './job-runner.js';

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('jobs and dry runs on $name', (dialect) => {
  it('a dry run queues nothing for good, and runs no job that is really due', async () => {
    const test = await dialect.create();
    const { database } = test;
    const runs: unknown[] = [];
    const runner = new JobRunner(database, createLog('silent'));
    const handler = (payload: unknown) => {
      runs.push(payload);
      return Promise.resolve(async () => undefined);
    };
    runner.register('files', 'probe', { handler });
    const enqueue = (name: string) =>
      database.transaction((tx) => enqueueJob(tx, { kind: 'probe', dedupeKey: name, payload: { name }, runAt: new Date(0) }));
    await enqueue('real');
    const count = await database.rehearse(async () => {
      await enqueue('rehearsed');
      return runner.runDue();
    });
    expect([count, runs]).toEqual([0, []]);
    expect(await runner.runDue()).toBe(1);
    expect(runs).toEqual([{ name: 'real' }]);
    await test.drop();
  });
});
