import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uploadParts, type PartPorts } from './part-uploader';
import { makeTransferSlots } from './transfer-slots';
import { PartRejected, UploadRefused } from './upload-failure';

const PART = 100;

/** A store that takes 10 ms per part and fails where the test says so. */
function makeStore(failures: Record<number, unknown[]> = {}) {
  const controller = new AbortController();
  const log = {
    signed: [] as number[][],
    puts: [] as string[],
    progress: [] as number[],
    retries: [] as unknown[],
    atOnce: 0,
    mostAtOnce: 0,
  };
  let signature = 0;
  const ports: PartPorts = {
    signal: controller.signal,
    slots: makeTransferSlots(3),
    nowMs: () => Date.now(),
    onRetry: (error) => log.retries.push(error),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    sign(numbers) {
      log.signed.push([...numbers]);
      signature += 1;
      const expiresAt = new Date(Date.now() + 300_000).toISOString();
      return Promise.resolve(numbers.map((number) => ({ number, url: `part-${number}-signature-${signature}`, expiresAt })));
    },
    async put(url, number, onSent) {
      log.puts.push(url);
      log.atOnce += 1;
      log.mostAtOnce = Math.max(log.mostAtOnce, log.atOnce);
      onSent(PART / 2);
      await new Promise((resolve) => setTimeout(resolve, 10));
      log.atOnce -= 1;
      const failure = failures[number]?.shift();
      if (failure) {
        onSent(PART - 1);
        throw failure as Error;
      }
      onSent(PART);
    },
  };
  const run = (partCount: number, uploadedParts: { number: number; size: number }[] = []) =>
    uploadParts({ partCount, uploadedParts, onProgress: (sentBytes) => log.progress.push(sentBytes) }, ports);
  return { log, run, controller };
}

async function finish(upload: Promise<void>): Promise<void> {
  const settled = upload.catch(() => undefined);
  await vi.runAllTimersAsync();
  await settled;
  return upload;
}

describe('sending the parts of a file', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends every part once, at most three at a time', async () => {
    const { log, run } = makeStore();
    await finish(run(8));
    expect(log.puts.map((url) => url.split('-')[1] ?? '').sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(log.mostAtOnce).toBe(3);
  });

  it('asks for signatures in small batches', async () => {
    const { log, run } = makeStore();
    await finish(run(8));
    expect(log.signed).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
  });

  it('tries a failed part again with a fresh signature', async () => {
    const { log, run } = makeStore({ 2: [new Error('connection lost'), new PartRejected(503)] });
    await finish(run(3));
    const second = log.puts.filter((url) => url.startsWith('part-2-'));
    expect(new Set(second).size).toBe(3);
    expect(log.retries).toHaveLength(2);
  });

  it('never shows less progress than before, and ends with every byte', async () => {
    const { log, run } = makeStore({ 1: [new Error('cut'), new Error('cut')], 4: [new Error('cut')] });
    await finish(run(5));
    expect(log.progress).toEqual([...log.progress].sort((a, b) => a - b));
    expect(log.progress.at(-1)).toBe(5 * PART);
  });

  it('leaves out the parts that the store already has', async () => {
    const { log, run } = makeStore();
    const had = [1, 2].map((number) => ({ number, size: PART }));
    await finish(run(4, had));
    expect(log.puts).toHaveLength(2);
    expect(log.progress[0]).toBeGreaterThan(2 * PART);
  });

  it('goes on for as long as only the network fails', async () => {
    const { log, run } = makeStore({ 1: Array.from({ length: 40 }, () => new Error('offline')) });
    await finish(run(1));
    expect(log.puts).toHaveLength(41);
  });

  it('gives up a part that the store refuses eight times', async () => {
    const { log, run } = makeStore({ 1: Array.from({ length: 20 }, () => new PartRejected(403)) });
    await expect(finish(run(1))).rejects.toBeInstanceOf(PartRejected);
    expect(log.puts).toHaveLength(8);
  });

  it('stops at once when the upload is refused for good', async () => {
    const { log, run } = makeStore({ 1: [new UploadRefused('The file was moved.', 'FILE_CHANGED')] });
    await expect(finish(run(50))).rejects.toThrow('The file was moved.');
    expect(log.puts.length).toBeLessThan(8);
  });

  it('stops when it is cancelled', async () => {
    const { log, run, controller } = makeStore({ 1: Array.from({ length: 9 }, () => new Error('offline')) });
    const upload = run(1);
    setTimeout(() => controller.abort(), 2500);
    await expect(finish(upload)).rejects.toThrow();
    expect(log.puts.length).toBeLessThan(4);
  });
});
