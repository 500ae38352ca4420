import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LimitSettings } from '../limit/server.js';

const API = join(import.meta.dirname, '..', '..');
const START_TIMEOUT_MS = 30_000;
const running = new Set<ChildProcess>();
// Whatever ends the benchmark ends its servers.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A server in a process of its own. */
export interface RunningServer {
  readonly pid: number;
  /** From spawn to the first answer, milliseconds. */
  readonly startMs: number;
  stop(): Promise<void>;
}

export interface ServerPlace {
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The built product. */
export function startProduct({ port, environment }: ServerPlace): Promise<RunningServer> {
  const env = {
    PORT: String(port),
    PUBLIC_URL: publicUrlOf(port),
    LOG_LEVEL: 'error',
    SAMPLE_DATA: 'off',
    NODE_ENV: 'production',
    ...environment,
  };
  return start(port, { arguments: [join(API, 'dist', 'main.js')], env, path: '/healthz' });
}

/** The limit, from its source: it is stripped of its types once, at the start. */
export function startLimit(settings: LimitSettings): Promise<RunningServer> {
  const file = join(import.meta.dirname, '..', 'limit', 'server.ts');
  return start(settings.port, { arguments: ['--import', 'tsx', file], env: { LIMIT_SETTINGS: JSON.stringify(settings) }, path: '/' });
}

export const publicUrlOf = (port: number): string => `http://127.0.0.1:${port}`;

async function start(
  port: number,
  options: { readonly arguments: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly path: string },
): Promise<RunningServer> {
  const begun = performance.now();
  const env = { PATH: process.env['PATH'] ?? '', ...options.env };
  const child = spawn(process.execPath, [...options.arguments], { cwd: API, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  while (!(await isAnswering(`${publicUrlOf(port)}${options.path}`))) {
    if (child.exitCode !== null) throw new Error(`The server ended at start:\n${output}`);
    if (performance.now() - begun > START_TIMEOUT_MS) {
      await stop(child);
      throw new Error(`The server did not answer:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { pid: child.pid ?? 0, startMs: performance.now() - begun, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  running.delete(child);
}

const isAnswering = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => (await response.arrayBuffer()).byteLength >= 0,
    () => false,
  );
