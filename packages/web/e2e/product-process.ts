import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built product in a process of its own, with an admin and nothing else. */
export interface RunningProduct {
  readonly baseUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Kills it as a power cut does, and starts it again where it was. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));
const admin = { email: 'admin@slipway.example', password: 'correct horse battery' };
const START_TIMEOUT_MS = 120_000;

/** @param environment where database and store are; empty: the embedded default */
export async function startProduct(environment: Readonly<Record<string, string>>): Promise<RunningProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const started = spawnProduct({ PORT: String(port), DATA_DIR: folder, ...environment });
    await untilReady(baseUrl, started);
    return started;
  };
  let child = await start();
  const kill = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    baseUrl,
    admin,
    crash: async () => {
      await kill();
      child = await start();
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function spawnProduct(environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SAMPLE_DATA: 'off',
      ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'warn',
      APP_SECRET: 'a secret for the browser journeys only, 42 ch',
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ...environment,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function untilReady(baseUrl: string, child: ChildProcess): Promise<void> {
  const begun = Date.now();
  while (Date.now() - begun < START_TIMEOUT_MS) {
    if (child.exitCode !== null) throw new Error('The product ended at start; its reason stands above.');
    const isReady = await fetch(`${baseUrl}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The product did not become ready.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
