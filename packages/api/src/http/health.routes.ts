import type { FastifyInstance } from 'fastify';
import type { FilePresence } from '../features/assets/presence/file-presence.js';
import type { StoreGuard } from '../storage/ownership/store-guard.js';
import type { Database } from '../database/database.js';
import type { RunningRequests } from './running-requests.js';
import { sendProblem } from '../kernel/problem/problem-reply.js';
import type { ObjectStore } from '../storage/object-store.js';
import { StorageFault, type StorageFaultReason } from '../storage/storage-fault.js';

const config = { access: 'public' } as const;

interface HealthUse {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly storeGuard: StoreGuard;
  readonly presence: FilePresence;
  readonly requests: RunningRequests;
}

/** `GET /healthz`: the process runs. `GET /readyz`: it can do its work, and what it found wrong with the files. */
export function registerHealthRoutes(app: FastifyInstance, { database, store, storeGuard, presence, requests }: HealthUse): void {
  app.get('/healthz', { config }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config }, async (_request, reply) => {
    if (requests.isDraining())
      return sendProblem(reply, { status: 503, code: 'UNAVAILABLE', message: 'This server is about to stop: use another one.' });
    const [isDatabaseReady, storeState] = await Promise.all([
      answers(() => database.query('SELECT 1 AS one')),
      stateOf(() => storeGuard.requireAsked().then(() => store.checkReachable())),
    ]);
    const files = { deletions: deletionsOf(storeGuard), missing: isDatabaseReady ? await presence.countMissing().catch(() => null) : null };
    const clock = { storeAheadSeconds: store.clockOffsetSeconds };
    const checks = { database: isDatabaseReady ? 'ok' : 'unreachable', store: storeState, clock, files };
    if (isDatabaseReady && storeState === 'ok') return { status: 'ok', checks };
    return sendProblem(reply, { status: 503, code: 'UNAVAILABLE', message: 'A part of the system cannot be reached just now.', checks });
  });
}

/** Whether files that nobody wants any more are deleted: not while the process is fresh, and not from somebody else's store. */
function deletionsOf({ standing, isSettled }: StoreGuard): 'on' | 'waiting' | 'stopped' {
  if (standing === 'OURS') return isSettled ? 'on' : 'waiting';
  return standing === 'UNASKED' ? 'waiting' : 'stopped';
}

/** What is wrong with the store, in a word; names and hosts are in the log alone. */
const STORE_STATES: Readonly<Record<StorageFaultReason, string>> = {
  UNREACHABLE: 'no answer',
  DENIED: 'denied',
  NO_BUCKET: 'no bucket',
  CLOCK: 'clock',
  FULL: 'full',
  FAILED: 'failed',
};

async function stateOf(check: () => Promise<unknown>): Promise<string> {
  return check().then(
    () => 'ok',
    (error: unknown) => STORE_STATES[error instanceof StorageFault ? error.reason : 'FAILED'],
  );
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  return check().then(
    () => true,
    () => false,
  );
}
