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
    const child = spawn(process.execPath, [MAIN], { env: this.#env(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    while (performance.now() - begun < START_TIMEOUT_MS) {
      if (child.exitCode !== null) throw new Error(`The server ended at start:\n${this.output}`);
      if (await isAnswering(this.baseUrl)) return performance.now() - begun;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The server did not answer:\n${this.output}`);
  }

  #env(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      PORT: new URL(this.baseUrl).port,
      PUBLIC_URL: this.baseUrl,
      LOG_LEVEL: 'error',
      SAMPLE_DATA: 'off',
      STORE_SETTLE_SECONDS: '0',
      // Everybody in a test has one address and asks as fast as they can.
      ANONYMOUS_REQUESTS_PER_MINUTE: '0',
      CREDENTIAL_REQUESTS_PER_MINUTE: '0',
      ...this.environment,
    };
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** As a power cut would (no handler runs), or as an operator who stops it. @returns the exit code; null when it was killed */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  /** Runs a command of the built server beside it, or the server itself until it ends. */
  async runToEnd(args: readonly string[] = []): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    const child = spawn(process.execPath, [MAIN, ...args], { env: this.#env(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    return { exitCode: child.exitCode, output };
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
