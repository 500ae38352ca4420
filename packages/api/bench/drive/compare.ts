import { APP_SECRET } from '../data/claim.js';
import type { SignUrl } from '../limit/sign.js';
import { signerOfDisk, signerOfS3, type S3Access } from '../limit/sign.js';
import { requireSameAnswers, type ComparedServers } from './answers.js';
import { meterOfProcess, type CpuMeter } from './cpu.js';
import { environmentOfStore } from './empty-store.js';
import type { BenchDatabase, Engine } from './engines.js';
import { interleave, runRound, type Round, type Target } from './load.js';
import { say } from './progress.js';
import { measurePublishing } from './publishing.js';
import { publicUrlOf, startLimit, startProduct, type RunningServer } from './servers.js';
import { countTraffic, type Traffic } from './traffic.js';
import { growthWorks, mainWorks, type Work } from './works.js';

const CONNECTIONS = 16;
const WARM_UP_MS = 2_500;
const ROUNDS = 13;
const ROUND_MS = 400;
const GROWTH_WARM_UP_MS = 600;
const GROWTH_ROUNDS = 9;
const GROWTH_ROUND_MS = 250;

/** Ports from the first on are the benchmark's. */
export interface Bench {
  readonly engine: Engine;
  readonly firstPort: number;
  /** Null: files in the embedded store. */
  readonly s3: S3Access | null;
}

/** What both ask of the database; null where the engine does not tell. */
export interface Asked {
  readonly product: Traffic;
  readonly limit: Traffic;
}

export interface Compared {
  readonly work: Work;
  readonly product: Round;
  readonly limit: Round;
  readonly asked: Asked | null;
}

const NO_METER: CpuMeter = async () => 0;

export interface Grown {
  readonly work: Work;
  readonly small: Round;
  readonly large: Round;
  /** Rows that one request reads; null where the engine does not tell. */
  readonly rows: { readonly small: number; readonly large: number } | null;
}

/** A database with what is in it. */
export interface Filled {
  readonly database: BenchDatabase;
  readonly releases: number;
}

/** The environment of the product on a database. */
export function productEnvironment({ s3 }: Bench, database: BenchDatabase): Record<string, string> {
  // Never settled: the claim of the benchmark's store stays as it is written.
  return { APP_SECRET, STORE_SETTLE_SECONDS: '3600', ...database.environment, ...(s3 ? environmentOfStore(s3) : {}) };
}

/** Product and limit on the same data: the same answers, then rounds in turn. */
export async function compareWithLimit(bench: Bench, { database, releases }: Filled): Promise<Compared[]> {
  const servers = await startBoth(bench, database, bench.firstPort);
  const shared = await bench.engine.meter(releases);
  const results: Compared[] = [];
  try {
    for (const work of mainWorks(releases)) {
      await requireSameAnswers(work, servers);
      const ours = targetOf(work, 'product', { port: servers.productPort, cpu: meterOf(servers.product, shared) });
      const theirs = targetOf(work, 'limit', { port: servers.limitPort, cpu: meterOf(servers.limit, shared) });
      for (const target of [ours, theirs]) await runRound(target, { connections: CONNECTIONS, milliseconds: WARM_UP_MS });
      const load = { connections: CONNECTIONS, milliseconds: ROUND_MS, rounds: ROUNDS };
      const [product, limit] = await interleave([ours, theirs], load);
      const { traffic } = bench.engine;
      const asked = traffic && { product: await countTraffic(traffic, ours), limit: await countTraffic(traffic, theirs) };
      results.push({ work, product, limit, asked });
      say(`  ${work.name}: ${Math.round(product.cpuMicroseconds)} us against ${Math.round(limit.cpuMicroseconds)} us of the limit`);
    }
  } finally {
    await servers.stop();
  }
  return results;
}

/** The product and its limit on one database. */
interface BothServers extends ComparedServers {
  readonly product: RunningServer;
  readonly limit: RunningServer;
  stop(): Promise<void>;
}

/** @param productPort of the product; the next is the limit's */
async function startBoth(bench: Bench, database: BenchDatabase, productPort: number): Promise<BothServers> {
  const limitPort = productPort + 1;
  const publicUrl = publicUrlOf(productPort);
  const sign: SignUrl = bench.s3 ? signerOfS3(bench.s3) : signerOfDisk(APP_SECRET, publicUrl);
  const product = await startProduct({ port: productPort, environment: productEnvironment(bench, database) });
  const limit = await startLimit({ port: limitPort, publicUrl, appSecret: APP_SECRET, database: database.address, s3: bench.s3 });
  return { product, limit, productPort, limitPort, sign, stop: async () => void (await Promise.all([product.stop(), limit.stop()])) };
}

/** The product answers as the limit does at each size. @throws Error with the place where two answers differ */
async function requireSameGrowth(bench: Bench, { database, releases }: Filled): Promise<void> {
  const servers = await startBoth(bench, database, bench.firstPort);
  try {
    for (const work of growthWorks(releases)) await requireSameAnswers(work, servers);
  } finally {
    await servers.stop();
  }
}

/** The product on little and on much data, in turn, one request at a time. */
export async function measureGrowth(bench: Bench, small: Filled, large: Filled): Promise<Grown[]> {
  for (const filled of [small, large]) await requireSameGrowth(bench, filled);
  const servers: RunningServer[] = [];
  const meters: CpuMeter[] = [];
  const results: Grown[] = [];
  try {
    for (const [place, { database, releases }] of [small, large].entries()) {
      const server = await startProduct({ port: bench.firstPort + place, environment: productEnvironment(bench, database) });
      servers.push(server);
      meters.push(meterOf(server, await bench.engine.meter(releases)));
    }
    const largeWorks = growthWorks(large.releases);
    for (const [place, work] of growthWorks(small.releases).entries()) {
      const first = targetOf(work, 'product', { port: bench.firstPort, cpu: meters[0] ?? NO_METER });
      const second = targetOf(largeWorks[place] ?? work, 'product', { port: bench.firstPort + 1, cpu: meters[1] ?? NO_METER });
      for (const target of [first, second]) await runRound(target, { connections: 1, milliseconds: GROWTH_WARM_UP_MS });
      const [a, b] = await interleave([first, second], { connections: 1, milliseconds: GROWTH_ROUND_MS, rounds: GROWTH_ROUNDS });
      const { traffic } = bench.engine;
      const rows = traffic && { small: (await countTraffic(traffic, first)).rows, large: (await countTraffic(traffic, second)).rows };
      results.push({ work, small: a, large: b, rows });
      say(`  ${work.name}: ${a.p50.toFixed(2)} ms, ${b.p50.toFixed(2)} ms`);
    }
    const [first, second] = [0, 1].map((place) => ({ port: bench.firstPort + place, cpu: meters[place] ?? NO_METER }));
    if (first && second) {
      const [a, b] = await measurePublishing([first, second]);
      results.push({ work: { name: 'unpublish and publish 10 files', title: 'writes', questions: [] }, small: a, large: b, rows: null });
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  return results;
}

function targetOf(work: Work, side: 'product' | 'limit', at: { readonly port: number; readonly cpu: CpuMeter }): Target {
  return { ...at, requests: work.questions.map((question) => question[side]).filter((request) => request !== null) };
}

/** A server's own time and its database's. */
function meterOf(server: RunningServer, shared: CpuMeter | null): CpuMeter {
  const own = meterOfProcess(server.pid);
  return async () => (await own()) + ((await shared?.()) ?? 0);
}
