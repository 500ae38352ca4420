import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { compareWithLimit, measureGrowth, productEnvironment, type Bench, type Filled } from './drive/compare.js';
import { openEmptyStore } from './drive/empty-store.js';
import { mariadbEngine, sqliteEngine } from './drive/engines.js';
import { fill } from './drive/fill.js';
import { say } from './drive/progress.js';
import { signedPerCoreSecond } from './drive/signing.js';
import { measureStartUp } from './drive/start-up.js';
import { writeReport, type EngineReport } from './report.js';
import { uploadsOf, uploadsSection, withUploads } from './uploads/section.js';
import { compareUploads } from './uploads/uploads.js';

/**
 * `pnpm bench`: measures the built product against the limit, and its growth. Environment:
 * TEST_DATABASE_URL   a MariaDB server on this machine whose user may create databases; without it MariaDB is skipped
 * BENCH_SIZES         releases per engine: the second size is held against the limit, growth is from the first to the last.
 *                     MariaDB:1000,100000 SQLite:1000,100000 when absent; 1000000 takes some gigabytes and minutes more
 * BENCH_DIR           where SQLite's files go; a temporary folder when absent
 * BENCH_KEEP          set: the data stays for the next run
 * BENCH_PORT          the first of three ports
 * `pnpm bench --quick` compares at 10,000 releases only, in a few minutes, and prints without writing RESULTS.md.
 * `pnpm bench --uploads` measures uploads only (`uploads/uploads.ts`), and writes their section of RESULTS.md.
 */
const { env } = process;
const OPTIONS = { quick: { type: 'boolean', default: false }, uploads: { type: 'boolean', default: false } } as const;
const { quick: isQuick, uploads: isUploads } = parseArgs({ options: OPTIONS }).values;
const SIZES = isQuick ? 'MariaDB:10000 SQLite:10000' : 'MariaDB:1000,100000 SQLite:1000,100000';
const sizes = new Map(
  (env['BENCH_SIZES'] ?? SIZES).split(' ').map((part) => {
    const [engine = '', list = ''] = part.split(':');
    return [engine, list.split(',').map(Number)] as const;
  }),
);
const firstPort = Number(env['BENCH_PORT'] ?? 14_700);
const RESULTS = join(import.meta.dirname, 'RESULTS.md');

async function main(): Promise<void> {
  const store = await openEmptyStore(firstPort + 2);
  const skipped: string[] = [];
  const reports: EngineReport[] = [];
  const url = env['TEST_DATABASE_URL'];
  if (sizes.has('MariaDB') && url !== undefined) {
    reports.push(await measure({ engine: await mariadbEngine(url), firstPort, s3: store.access }));
  } else {
    skipped.push('MariaDB was not measured.');
    say('SKIPPED: MariaDB, because TEST_DATABASE_URL is not set or BENCH_SIZES does not name it.');
  }
  if (sizes.has('SQLite')) {
    const folder = env['BENCH_DIR'] ?? join(tmpdir(), 'slipway-bench');
    reports.push(await measure({ engine: sqliteEngine(folder, sqliteVersion()), firstPort, s3: null }));
  }
  const signed = await signedPerCoreSecond(store.access);
  store.close();
  const uploads = uploadsOf(oldResults());
  const written = writeReport(reports, signed, skipped);
  const text = uploads === null ? written : withUploads(written, uploads);
  if (!isQuick) writeFileSync(RESULTS, text);
  say(`\n${text}\n${isQuick ? 'Quick: RESULTS.md stays as it is.' : `Written to ${RESULTS}`}`);
}

const oldResults = (): string => (existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '');

async function measureUploadsOnly(): Promise<void> {
  const section = uploadsSection(await compareUploads(env, firstPort));
  if (!isQuick) writeFileSync(RESULTS, withUploads(oldResults(), section));
  say(`\n${section}`);
}

async function measure(bench: Bench): Promise<EngineReport> {
  const { engine } = bench;
  const filled: Filled[] = [];
  try {
    for (const releases of sizes.get(engine.name) ?? []) {
      say(`${engine.name}: ${releases.toLocaleString('en')} releases`);
      const database = await engine.database(releases);
      filled.push({ database, releases });
      await fill(database, releases);
    }
    return await report(bench, filled);
  } finally {
    if (env['BENCH_KEEP'] === undefined) for (const { database } of filled) await database.drop();
    await engine.close();
  }
}

async function report(bench: Bench, filled: readonly Filled[]): Promise<EngineReport> {
  const { engine } = bench;
  const [small, large, held] = [filled[0], filled.at(-1), filled[1] ?? filled[0]];
  if (!small || !large || !held) throw new Error('BENCH_SIZES names no size.');
  say(`${engine.name}: against the limit`);
  const compared = await compareWithLimit(bench, held);
  const hasGrowth = small !== large;
  if (hasGrowth) say(`${engine.name}: growth`);
  const growth = hasGrowth ? { from: small.releases, to: large.releases, works: await measureGrowth(bench, small, large) } : null;
  const startUp = await measureStartUp({ port: bench.firstPort, environment: productEnvironment(bench, small.database) });
  return { name: engine.name, version: engine.version, releases: held.releases, compared, growth, startUp };
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string }; // one row, by its SQL
  database.close();
  return version;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await (isUploads ? measureUploadsOnly() : main());
