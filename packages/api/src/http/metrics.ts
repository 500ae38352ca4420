import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.js';
import type { JobRunner } from '../machinery/jobs/job-runner.js';
import type { FileStores } from '../storage/stores/file-stores.js';
import type { RunningRequests } from './running-requests.js';

/** From an answer out of memory to a file of gigabytes. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600];
const NO_ROUTE = 'none';

export interface MeasuredParts {
  readonly database: Database;
  readonly stores: Pick<FileStores, 'faults'>;
  readonly jobs: JobRunner;
  readonly requests: RunningRequests;
}

/**
 * The figures of one process, as Prometheus reads them. Labels are routes, kinds and reasons of the program itself, never
 * anything a caller sent. @see https://prometheus.io/docs/practices/naming/
 */
export function measureServer(app: FastifyInstance, parts: MeasuredParts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureRequests(app, registry, parts.requests);
  measureJobs(registry, parts.jobs);
  measureFaults(registry, parts);
  measureDatabase(registry, parts.database);
  return registry;
}

function measureRequests(app: FastifyInstance, registry: Registry, running: RunningRequests): void {
  const durations = new Histogram({
    name: 'slipway_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? NO_ROUTE;
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
  });
  measureBytes(app, registry);
  const gauge: Gauge = new Gauge({
    name: 'slipway_http_requests_running',
    help: 'Requests that are being answered, transfers of files included.',
    registers: [],
    collect: () => gauge.set(running.count()),
  });
  registry.registerMetric(gauge);
}

function measureBytes(app: FastifyInstance, registry: Registry): void {
  const bytes = new Counter({
    name: 'slipway_http_transferred_bytes_total',
    help: 'Bytes of bodies that passed through this process.',
    labelNames: ['direction'],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const sent = Number(reply.getHeader('content-length') ?? 0);
    if (request.method !== 'HEAD' && sent > 0) bytes.inc({ direction: 'out' }, sent);
    // What was announced and then refused never came.
    const received = request.raw.complete ? Number(request.headers['content-length'] ?? 0) : 0;
    if (received > 0) bytes.inc({ direction: 'in' }, received);
  });
}

function measureJobs(registry: Registry, jobs: JobRunner): void {
  const due = new Gauge({
    name: 'slipway_jobs_due',
    help: 'Jobs that should have begun, by lane.',
    labelNames: ['lane'],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'slipway_job_oldest_due_seconds',
    help: 'How long the oldest due job has waited, by lane.',
    labelNames: ['lane'],
    registers: [],
    collect: async () => {
      // While the database is away its figures are missing, and all others are there.
      const lanes = await jobs.measure().catch(() => []);
      due.reset();
      oldest.reset();
      for (const one of lanes) {
        due.set({ lane: one.lane }, one.count);
        oldest.set({ lane: one.lane }, one.oldestSeconds);
      }
    },
  });
  registry.registerMetric(oldest);
}

function measureFaults(registry: Registry, { database, stores }: MeasuredParts): void {
  const of = (name: string, help: string, read: () => ReadonlyMap<string, number>): void => {
    const counter = new Counter({
      name,
      help,
      labelNames: ['reason'],
      registers: [],
      collect: () => {
        counter.reset();
        for (const [reason, count] of read()) counter.inc({ reason }, count);
      },
    });
    registry.registerMetric(counter);
  };
  of('slipway_store_faults_total', 'Requests to the file store that failed, by reason.', () => stores.faults);
  of('slipway_database_faults_total', 'Statements and transactions that failed because the database was away.', () => database.faults);
}

function measureDatabase(registry: Registry, database: Database): void {
  const gauge = new Gauge({
    name: 'slipway_database',
    help: 'The connections of the pool, in use and free, and what waits for one; without a server the writes that run or wait.',
    labelNames: ['state'],
    registers: [],
    collect: () => {
      for (const [state, count] of Object.entries(database.figures())) gauge.set({ state }, count);
    },
  });
  registry.registerMetric(gauge);
}
