import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../../testing/clock.js';
import { openS3Store, s3TestSettings } from '../contract/contract-stores.cases.js';
import { storeObject } from '../contract/contract-uploads.cases.js';
import { PATIENT } from '../contract/patience.cases.js';
import { StoreClock } from './s3-clock.js';
import { S3Store } from './s3-store.js';

const NOW = new Date('2026-11-28T12:00:00.250Z');
const clock = { now: () => NOW };
const times = { sentAt: NOW.getTime() - 20, receivedAt: NOW.getTime() };
const dateIn = (seconds: number): number => Math.floor((NOW.getTime() + seconds * 1_000) / 1_000) * 1_000;

describe('the clock of a store', () => {
  test('is learned from three answers, of which one that is far off changes nothing', () => {
    const store = new StoreClock(clock);
    store.note(dateIn(2_400), times);
    store.note(dateIn(2_400), times);
    expect(store.now()).toEqual(NOW);
    store.note(dateIn(-90_000), times);
    expect(Math.round(store.offsetMs / 1_000)).toBe(2_400);
    expect(Math.abs(store.now().getTime() - NOW.getTime() - 2_400_000)).toBeLessThan(1_000);
  });

  test('is ours when they differ by no more than a whole second can tell', () => {
    const store = new StoreClock(clock);
    for (const seconds of [1, -1, 0]) store.note(dateIn(seconds), times);
    expect(store.now()).toEqual(NOW);
  });

  test('is not learned from an answer without a date, or from one that was long on its way', () => {
    const store = new StoreClock(clock);
    for (const _ of [1, 2, 3]) {
      store.note(Number.NaN, times);
      store.note(dateIn(2_400), { ...times, sentAt: times.receivedAt - 60_000 });
    }
    expect(store.offsetMs).toBe(0);
  });

  test('is followed when ours is set right', () => {
    const store = new StoreClock(clock);
    for (const seconds of [2_400, 2_400, 2_400, 0, 0]) store.note(dateIn(seconds), times);
    expect(store.offsetMs).toBe(0);
  });
});

const settings = s3TestSettings();
describe.skipIf(settings === null)(
  'a server whose clock is 40 minutes behind its S3 store (skipped where TEST_S3_ENDPOINT is not set)',
  () => {
    if (settings === null) return;
    let opened: Awaited<ReturnType<typeof openS3Store>>;
    beforeAll(async () => {
      opened = await openS3Store(settings);
    });
    afterAll(() => opened.close());

    test('signs URLs that the store takes, as soon as it has answered three times, and says how far it is off', async () => {
      const behind = new TestClock();
      behind.advance({ seconds: -2_400 });
      const store = new S3Store(settings, { patience: PATIENT, clock: behind });
      const key = await storeObject(opened.store, Buffer.from('bytes'));
      const get = async (): Promise<number> => (await fetch(await store.signGet(key, { fileName: 'a.exe', expiresInSeconds: 300 }))).status;
      expect(await get()).toBe(403);
      for (const _ of [1, 2, 3]) await store.checkReachable();
      expect(await get()).toBe(200);
      expect(Math.abs(store.clockOffsetSeconds - 2_400)).toBeLessThan(5);
      await store.close();
    });
  },
);
