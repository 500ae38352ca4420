import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { serve, type Serving } from '../../app/start/serve.js';
import { ConfigFault, readConfig } from '../../config.js';
import { misspeltVariables } from '../../config/misspelt.js';
import type { RawEnvironment } from '../../config/variables.js';
import { StoreRefused } from '../../storage/ownership/store-refusal.js';
import { StartFault } from '../../kernel/problem/start-fault.js';
import { freePort } from '../free-port.js';

export const TEST_SECRET = 'a secret for starts only, of forty characters';
export const TEST_PASSWORD = 'correct horse battery';

/** What the operator reads of a start. */
export interface Start {
  /** Lines that were printed, or why it was refused. */
  readonly lines: readonly string[];
  readonly isServing: boolean;
  /** Whether the start made the data folder. */
  readonly leftFolder: boolean;
}

/** Where a start without more is: a free port, and a data folder that is not there yet. */
export async function makeStartEnvironment(): Promise<{ readonly environment: Record<string, string>; drop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-start-'));
  const environment = {
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    SAMPLE_DATA: 'off',
    LOG_LEVEL: 'silent',
    STORE_SETTLE_SECONDS: '0',
  };
  return { environment, drop: () => rm(folder, { recursive: true, force: true }) };
}

/** The real start, in this process. @throws what `main.ts` would show with its stack */
export async function startServing(environment: RawEnvironment, print: (line: string) => void): Promise<Serving> {
  const warnings = misspeltVariables(environment).map((warning) => `Warning: ${warning}`);
  const serving = await serve({
    config: readConfig(environment),
    webFolder: '',
    warnings,
    print,
    onRefused: ({ message }) => print(message),
  });
  await serving.told;
  return serving;
}

/** Starts with an environment, and stops again. Anything but a plain sentence is a fault of ours. */
export async function tryStart(change: RawEnvironment): Promise<Start> {
  const place = await makeStartEnvironment();
  const environment: RawEnvironment = { ...place.environment, ...change };
  const lines: string[] = [];
  let isServing = false;
  try {
    const serving = await startServing(environment, (line) => lines.push(...line.split('\n').map((text) => text.trim())));
    isServing = true;
    await serving.stop();
  } catch (error) {
    if (!(error instanceof ConfigFault || error instanceof StartFault || error instanceof StoreRefused)) throw error;
    lines.push(...(error instanceof ConfigFault ? error.faults : error.message.split('\n')));
  }
  const leftFolder = existsSync(place.environment['DATA_DIR'] ?? '');
  await place.drop();
  expectNoSecret(lines, environment);
  return { lines, isServing, leftFolder };
}

const SECRETS = ['APP_SECRET', 'ADMIN_PASSWORD', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];

/** What was typed as a secret, rightly or wrongly, is never shown; of a URL neither user's password. */
function expectNoSecret(lines: readonly string[], environment: RawEnvironment): void {
  const passwords = Object.values(environment).flatMap((value) => /:\/\/[^/]*:([^@/]+)@/.exec(value ?? '')?.[1] ?? []);
  const secrets = [...SECRETS.map((name) => environment[name]), ...passwords].filter((text) => text !== undefined && text.length > 3);
  for (const secret of secrets) expect(lines.join('\n')).not.toContain(secret);
}
