import { randomFillSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { meterOfProcess, residentBytes } from '../drive/cpu.js';
import { medianOf } from '../drive/load.js';
import { say } from '../drive/progress.js';
import type { UploadPlace } from './places.js';
import { startSendingProduct, type SendingProduct } from './sending-product.js';
import { runTimed } from './timed-command.js';

const MB = 1_000_000;
/** After this silence the server has done what follows an upload or a deletion. */
const REST_MS = 1_500;
const SAMPLE_MS = 10;
/** A file that is sent first: code is compiled then, as in a server that has run for a while. */
const WARM_UP_MB = 100;

/** Files of one size sent to one store; medians of rounds. */
export interface SentUploads {
  readonly place: UploadPlace;
  readonly megabytes: number;
  readonly throughSeconds: number;
  readonly plainSeconds: number;
  /** Of a round: plain time by time through the API. */
  readonly ratio: number;
  /** Processor time of the server, of all its threads. */
  readonly cpuSecondsPerGigabyte: number;
  /** The most in any round, above the server at rest before the first file. */
  readonly aboveIdleBytes: number;
}

interface Through {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Sends files through the product and past it, in turn. @param rounds of each size, by its megabytes */
export async function measureUploads(place: UploadPlace, rounds: ReadonlyMap<number, number>, port: number): Promise<SentUploads[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-files-'));
  const product = await startSendingProduct(port, place.environment);
  const results: SentUploads[] = [];
  try {
    await delay(REST_MS);
    const idleBytes = residentBytes(product.pid);
    await sendThrough(product, makeFile(folder, WARM_UP_MB));
    for (const [megabytes, count] of rounds) {
      const file = makeFile(folder, megabytes);
      results.push(await sendInTurn({ place, product, file, megabytes, count, idleBytes }));
      rmSync(file);
    }
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

interface Turns {
  readonly place: UploadPlace;
  readonly product: SendingProduct;
  readonly file: string;
  readonly megabytes: number;
  readonly count: number;
  readonly idleBytes: number;
}

async function sendInTurn({ place, product, file, megabytes, count, idleBytes }: Turns): Promise<SentUploads> {
  const through: Through[] = [];
  const plain: number[] = [];
  for (let round = 0; round < count; round += 1) {
    plain.push(await place.sendPlainly(file));
    await delay(REST_MS);
    through.push(await sendThrough(product, file));
    say(`  ${place.name}, ${megabytes} MB: ${through.at(-1)?.seconds.toFixed(2)} s, ${place.plainly} ${plain.at(-1)?.toFixed(2)} s`);
  }
  return {
    place,
    megabytes,
    throughSeconds: medianOf(through.map(({ seconds }) => seconds)),
    plainSeconds: medianOf(plain),
    ratio: medianOf(through.map(({ seconds }, round) => (plain[round] ?? NaN) / seconds)),
    cpuSecondsPerGigabyte: medianOf(through.map(({ cpuSeconds }) => (cpuSeconds / megabytes) * 1_000)),
    aboveIdleBytes: Math.max(...through.map(({ peakBytes }) => peakBytes)) - idleBytes,
  };
}

async function sendThrough({ pid, url, authorization, drop }: SendingProduct, file: string): Promise<Through> {
  let peakBytes = 0;
  const sampler = setInterval(() => (peakBytes = Math.max(peakBytes, residentBytes(pid))), SAMPLE_MS);
  const cpu = meterOfProcess(pid);
  const cpuBefore = await cpu();
  let lastCpu = cpuBefore;
  // The hashing thread takes its count with it when it ends.
  const cpuSampler = setInterval(() => void cpu().then((now) => (lastCpu = Math.max(lastCpu, now))), SAMPLE_MS);
  try {
    const seconds = await runTimed('curl', ['-sS', '--fail-with-body', '-H', authorization, '-T', file, url]);
    return { seconds, cpuSeconds: (lastCpu - cpuBefore) / 1e6, peakBytes };
  } finally {
    clearInterval(sampler);
    clearInterval(cpuSampler);
    await drop();
    await delay(REST_MS);
  }
}

/** A file that no two runs share. */
function makeFile(folder: string, megabytes: number): string {
  const path = join(folder, `${megabytes}.bin`);
  const block = Buffer.allocUnsafe(MB);
  const file = openSync(path, 'w');
  for (let written = 0; written < megabytes; written += 1) writeSync(file, randomFillSync(block));
  closeSync(file);
  return path;
}
