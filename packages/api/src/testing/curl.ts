import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What curl was answered. */
export interface CurlReply {
  readonly status: number;
  readonly body: string;
  /** Bytes of the request's body that were sent. */
  readonly sentBytes: number;
}

const MARK = '\n--curl--';
const FORMAT = `${MARK}%{http_code} %{size_upload}`;

/** Runs the real curl. @param stdin bytes for `-T -` */
export function curl(args: readonly string[], stdin?: Buffer): Promise<CurlReply> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 64_000_000 };
    const child = execFile('curl', ['-sS', '-w', FORMAT, ...args], options, (error, stdout) => {
      const [body = '', tail = ''] = stdout.split(MARK);
      const [status, sentBytes] = tail.split(' ').map(Number);
      if (status === undefined || sentBytes === undefined) reject(error ?? new Error(`curl said: ${stdout}`));
      else resolve({ status, body, sentBytes });
    });
    if (stdin) child.stdin?.on('error', () => undefined).end(stdin);
  });
}

/** Starts curl, to be interrupted. */
export function startCurl(args: readonly string[]): ChildProcess {
  return spawn('curl', ['-sS', ...args], { stdio: 'ignore' });
}

/** A folder with one file, for curl to send. */
export async function makeLocalFile(bytes: Buffer, fileName = 'local.bin'): Promise<{ path: string; drop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-curl-'));
  const path = join(folder, fileName);
  await writeFile(path, bytes);
  return { path, drop: () => rm(folder, { recursive: true, force: true }) };
}
