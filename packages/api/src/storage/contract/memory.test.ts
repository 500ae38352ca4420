import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { s3TestSettings } from './contract-stores.cases.js';

const MIB = 1024 * 1024;
const MOST_ABOVE_IDLE_BYTES = 64 * MIB;
const PROBE = fileURLToPath(new URL('memory-probe.cases.ts', import.meta.url));
/** The full form of the promise with PROVE=1; the quick form otherwise. */
const FILE_MIB = process.env['PROVE'] === '1' ? 2048 : 256;
const TIMEOUT_MILLISECONDS = 300_000;

const run = promisify(execFile);

test(
  `${FILE_MIB} MiB pass through the disk store, in and out, in at most 64 MiB of memory above idle`,
  { timeout: TIMEOUT_MILLISECONDS },
  () => expectConstantMemory('disk'),
);

test.skipIf(s3TestSettings() === null)(
  `${FILE_MIB} MiB pass through the server to and from S3 in at most 64 MiB of memory above idle`,
  { timeout: TIMEOUT_MILLISECONDS },
  () => expectConstantMemory('s3'),
);

async function expectConstantMemory(kind: 'disk' | 's3'): Promise<void> {
  const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', PROBE, kind, String(FILE_MIB)]);
  const { idle, peak, seconds } = JSON.parse(stdout) as { idle: number; peak: number; seconds: number }; // printed by the probe
  const toMib = (bytes: number): number => Math.round(bytes / MIB);
  console.info(`${kind}: ${FILE_MIB} MiB in ${seconds.toFixed(1)} s, idle ${toMib(idle)} MiB, peak ${toMib(peak)} MiB`);
  expect(peak - idle).toBeLessThanOrEqual(MOST_ABOVE_IDLE_BYTES);
}
