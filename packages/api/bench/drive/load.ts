import type { CpuMeter } from './cpu.js';
import { HttpClient } from './http-client.js';

/** One server with the requests that it is sent in turn. */
export interface Target {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly cpu: CpuMeter;
}

/** What one round of requests took. */
export interface Round {
  readonly cpuMicroseconds: number;
  readonly perSecond: number;
  /** Median time of an answer, milliseconds. */
  readonly p50: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2 : (sorted[Math.floor(middle)] ?? NaN);
}

/** How many requests are under way at once, and for how long new ones are sent. */
export interface Load {
  readonly connections: number;
  readonly milliseconds: number;
}

/** Sends requests over some connections, each waiting for its answer. @throws Error when an answer is not 200 */
export async function runRound(target: Target, load: Load): Promise<Round> {
  const clients = await Promise.all(Array.from({ length: load.connections }, () => HttpClient.open(target.port)));
  const times: number[] = [];
  let next = 0;
  let end = 0;
  const work = async (client: HttpClient): Promise<void> => {
    while (performance.now() < end) {
      const request = target.requests[next % target.requests.length];
      next += 1;
      if (!request) throw new Error('There is nothing to ask.');
      const sent = performance.now();
      const { status, body } = await client.send(request);
      times.push(performance.now() - sent);
      if (status !== 200 || body.startsWith('{"errors"')) throw new Error(`Status ${status}: ${body.slice(0, 500)}`);
    }
  };
  const cpuBefore = await target.cpu();
  const begun = performance.now();
  end = begun + load.milliseconds;
  await Promise.all(clients.map(work));
  const elapsed = performance.now() - begun;
  const cpuMicroseconds = ((await target.cpu()) - cpuBefore) / times.length;
  for (const client of clients) client.close();
  return { cpuMicroseconds, perSecond: (times.length / elapsed) * 1_000, p50: medianOf(times) };
}

/** Rounds of two targets in turn, so that whatever else the machine does disturbs both alike. */
export async function interleave(
  targets: readonly [Target, Target],
  load: Load & { readonly rounds: number },
): Promise<readonly [Round, Round]> {
  const rounds: [Round[], Round[]] = [[], []];
  for (let round = 0; round < load.rounds; round += 1) {
    // The one that goes first changes.
    for (const place of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) rounds[place].push(await runRound(targets[place], load));
  }
  return [summarize(rounds[0]), summarize(rounds[1])];
}

function summarize(rounds: readonly Round[]): Round {
  const median = (of: (round: Round) => number): number => medianOf(rounds.map(of));
  return {
    cpuMicroseconds: median((one) => one.cpuMicroseconds),
    perSecond: median((one) => one.perSecond),
    p50: median((one) => one.p50),
  };
}
