import { cpus, loadavg, totalmem } from 'node:os';
import type { Compared, Grown } from './drive/compare.js';
import type { StartUp } from './drive/start-up.js';
import { atLeast, atMost, judged, tableOf } from './table.js';

/** Everything that was measured on one engine. */
export interface EngineReport {
  readonly name: string;
  readonly version: string;
  readonly releases: number;
  readonly compared: readonly Compared[];
  readonly growth: { readonly from: number; readonly to: number; readonly works: readonly Grown[] } | null;
  readonly startUp: StartUp;
}

/** The ratio of processor time that each work is to reach on each engine. */
const GOALS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  MariaDB: { W1: 1, W2: 0.83, W3: 1, W4: 1.3, W5: 0.9 },
  SQLite: { W1: 0.85, W2: 0.66, W3: 0.85, W4: 0.85 },
};
const GOAL_GROWTH = 1.25;
const GOAL_SIGNED = 40_000;
const GOAL_START_MS = 500;
const GOAL_IDLE_BYTES = 100 * 1_024 ** 2;

const count = (value: number): string => Math.round(value).toLocaleString('en');

/** The text of RESULTS.md. @param signed URLs per core-second @param skipped what was not measured, in sentences */
export function writeReport(reports: readonly EngineReport[], signed: number, skipped: readonly string[]): string {
  const gigabytes = Math.round(totalmem() / 1_024 ** 3);
  const versions = reports.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    '# How fast Slipway is',
    `Written by \`pnpm bench\` on a virtual machine with ${cpus().length} cores and ${gigabytes} GB, Node ${process.versions.node}, ${versions}.`,
    `The load at the end was ${(loadavg()[1] ?? 0).toFixed(1)} of ${cpus().length} cores. Far above 2 others worked there too: processor time grows by what caches lose, times\nof answers by waiting; ratios suffer least.`,
    'The limit is what the same work costs without Slipway: bare `node:http`, the database driver, hand-written SQL on the same\nindexes and counters, and `JSON.stringify`, with the same session look-up, license rules, download record and signature. Both\nwere asked the same questions on the same data and gave the same answers; they ran in turn, and every figure is a median of\nrounds. Processor time is that of the server and of its database connections. A ratio of 1.00 is as cheap as the limit; what\nmisses its goal is bold.',
    ...reports.map(engineText),
    '## The rest',
    tableOf(
      ['figure', 'measured', 'goal'],
      [
        ['signed S3 URLs per core-second', judged(count(signed), signed >= GOAL_SIGNED), `at least ${count(GOAL_SIGNED)}`],
        ...reports.flatMap(({ name, startUp }) => [
          [
            `start to first answer, ${name}`,
            judged(`${count(startUp.startMs)} ms`, startUp.startMs <= GOAL_START_MS),
            `${GOAL_START_MS} ms`,
          ],
          [`idle memory, ${name}`, judged(megabytes(startUp.idleBytes), startUp.idleBytes <= GOAL_IDLE_BYTES), megabytes(GOAL_IDLE_BYTES)],
        ]),
      ],
    ),
    ...skipped,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const megabytes = (bytes: number): string => `${count(bytes / 1_024 ** 2)} MB`;

function engineText(report: EngineReport): string {
  const rows = report.compared.map(({ work, product, limit }) => {
    const goal = GOALS[report.name]?.[work.name] ?? 0;
    return [
      `${work.name} ${work.title}`,
      count(product.cpuMicroseconds),
      count(limit.cpuMicroseconds),
      atLeast(limit.cpuMicroseconds / product.cpuMicroseconds, goal),
      goal === 0 ? '-' : goal.toFixed(2),
      count(product.perSecond),
      count(limit.perSecond),
      (product.perSecond / limit.perSecond).toFixed(2),
      product.p50.toFixed(1),
    ];
  });
  const head = ['work', 'CPU us', 'limit', 'ratio', 'goal', 'per second', 'limit', 'ratio', 'p50 ms'];
  const title = `## ${report.name}, ${count(report.releases)} releases, ${count(report.releases * 3)} files, 16 connections`;
  return [title, tableOf(head, rows), ...askedText(report), ...growthText(report)].join('\n\n');
}

/** What both ask of the database, for one request. */
function askedText({ name, compared }: EngineReport): string[] {
  const rows = compared.flatMap(({ work, asked }) => {
    if (!asked) return [];
    const { product, limit } = asked;
    const [decimal, kilobytes] = [(value: number) => value.toFixed(1), (value: number) => (value / 1_000).toFixed(1)];
    return [
      [
        `${work.name} ${work.title}`,
        ...[product, limit].map(({ statements }) => decimal(statements)),
        ...[product, limit].map((one) => count(one.rows)),
        ...[product, limit].map(({ bytes }) => kilobytes(bytes)),
      ],
    ];
  });
  const title = `### ${name}: what one request asks of the database`;
  if (rows.length === 0) return [title, `${name} runs in the server's process and does not count what it is asked.`];
  return [title, tableOf(['work', 'statements', 'limit', 'rows read', 'limit', 'kB sent', 'limit'], rows)];
}

function growthText({ name, growth }: EngineReport): string[] {
  if (!growth) return [];
  const hasRows = growth.works.some(({ rows }) => rows !== null);
  const grown = growth.works.map(({ work, small, large, rows }) => [
    work.name,
    small.p50.toFixed(1),
    large.p50.toFixed(1),
    atMost(large.p50 / small.p50, GOAL_GROWTH),
    count(small.cpuMicroseconds),
    count(large.cpuMicroseconds),
    atMost(large.cpuMicroseconds / small.cpuMicroseconds, GOAL_GROWTH),
    ...(hasRows ? (rows ? [count(rows.small), count(rows.large)] : ['-', '-']) : []),
  ]);
  const sizes = [count(growth.from), count(growth.to)];
  return [
    `### ${name}: growth`,
    'One request at a time: its median time, and the processor time of server and database. The first holds on a quiet machine only,\nthe second on a busy one too.',
    tableOf(
      [
        'work',
        ...sizes.map((size) => `p50 ms, ${size}`),
        `growth (${GOAL_GROWTH})`,
        ...sizes.map((size) => `CPU us, ${size}`),
        `growth (${GOAL_GROWTH})`,
        ...(hasRows ? sizes.map((size) => `rows read, ${size}`) : []),
      ],
      grown,
    ),
  ];
}
