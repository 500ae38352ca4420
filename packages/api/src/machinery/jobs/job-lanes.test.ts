import { describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { TEST_DIALECTS } from '../../testing/databases.js';
import { enqueueJob } from './job-queue.js';
import { JobRunner } from './job-runner.js';

const nothing = async (): Promise<void> => undefined;

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('lanes of jobs on $name', ({ create }) => {
  it('what is due in one lane is done while another lane is busy for hours', async () => {
    const { database, drop } = await create();
    const runner = new JobRunner(database, createLog('silent'));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const order: string[] = [];
    let begun: () => void = () => undefined;
    const hashing = new Promise<void>((resolve) => (begun = resolve));
    runner.register('files', 'hash', {
      handler: async () => {
        begun();
        await held;
        order.push('hashed');
        return nothing;
      },
    });
    let published: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (published = resolve));
    runner.register('publish', 'publish', {
      handler: async () => {
        order.push('published');
        return async () => published();
      },
    });
    const ask = (kind: string) => database.transaction((tx) => enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: new Date(0) }));
    await ask('hash');
    runner.start();
    await hashing;
    await ask('publish');
    runner.nudge();
    await done;
    expect(order).toEqual(['published']);
    release();
    await runner.stop();
    expect(order).toEqual(['published', 'hashed']);
    await drop();
  });

  it('jobs that this process may not run at present stay for later, and those it does not know for others', async () => {
    const { database, drop } = await create();
    const runner = new JobRunner(database, createLog('silent'));
    let isOpen = false;
    const ran: string[] = [];
    const handler = async () => {
      ran.push('gated');
      return nothing;
    };
    runner.register('files', 'gated', { handler, isOpen: () => isOpen });
    for (const kind of ['gated', 'of a newer replica'])
      await database.transaction((tx) => enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: new Date(0) }));
    expect(await runner.runDue()).toBe(0);
    isOpen = true;
    expect(await runner.runDue()).toBe(1);
    const left = await database.query('SELECT kind, attempts FROM job WHERE finished_at IS NULL');
    expect([ran, left]).toEqual([['gated'], [{ kind: 'of a newer replica', attempts: 0 }]]);
    await drop();
  });
});
