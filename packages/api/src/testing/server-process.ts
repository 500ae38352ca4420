import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from './client.js';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const START_TIMEOUT_MS = 120_000;

/** The built server in a process of its own, so that it can be killed. */
export class ServerProcess {
  #child: ChildProcess | null = null;
  output = '';

  constructor(
    readonly baseUrl: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Starts it and waits until it answers. @returns milliseconds from start to first answer */
  async start(): Promise<number> {
    const begun = performance.now();
    const env = {
      PATH: process.env['PATH'] ?? '',
      PORT: new URL(this.baseUrl).port,
      PUBLIC_URL: this.baseUrl,
      LOG_LEVEL: 'error',
      SAMPLE_DATA: 'off',
      STORE_SETTLE_SECONDS: '0',
      ...this.environment,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    while (performance.now() - begun < START_TIMEOUT_MS) {
      if (child.exitCode !== null) throw new Error(`The server ended at start:\n${this.output}`);
      if (await isAnswering(this.baseUrl)) return performance.now() - begun;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The server did not answer:\n${this.output}`);
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** As a power cut would: no handler runs. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  client(headers: Readonly<Record<string, string>> = {}): Client {
    return new Client(this.baseUrl, headers);
  }
}

async function isAnswering(baseUrl: string): Promise<boolean> {
  return fetch(`${baseUrl}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}
