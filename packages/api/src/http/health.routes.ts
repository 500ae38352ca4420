import type { FastifyInstance } from 'fastify';
import type { FilePresence } from '../features/assets/presence/file-presence.js';
import type { FileStores, OpenStore } from '../storage/stores/file-stores.js';
import type { Database } from '../database/database.js';
import type { RunningRequests } from './running-requests.js';
import { sendProblem } from '../kernel/problem/problem-reply.js';
import { StorageFault, type StorageFaultReason } from '../storage/storage-fault.js';

const config = { access: 'public' } as const;
const OK = 'ok';

interface HealthUse {
  readonly database: Database;
  readonly stores: FileStores;
  readonly presence: FilePresence;
  readonly requests: RunningRequests;
}

/** `GET /healthz`: the process runs. `GET /readyz`: it can do its work, and what it found wrong with the files. */
export function registerHealthRoutes(app: FastifyInstance, { database, stores, presence, requests }: HealthUse): void {
  app.get('/healthz', { config }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config }, async (_request, reply) => {
    if (requests.isDraining())
      return sendProblem(reply, { status: 503, code: 'UNAVAILABLE', message: 'This server is about to stop: use another one.' });
    const [isDatabaseReady, storeState] = await Promise.all([answers(() => database.query('SELECT 1 AS one')), worstState(stores)]);
    const current = await stores.current();
    const files = { deletions: deletionsOf(current), missing: isDatabaseReady ? await presence.countMissing().catch(() => null) : null };
    const clock = { storeAheadSeconds: current.store.clockOffsetSeconds };
    const checks = { database: isDatabaseReady ? 'ok' : 'unreachable', store: storeState, clock, files };
    if (isDatabaseReady && storeState === OK) return { status: 'ok', checks };
    return sendProblem(reply, { status: 503, code: 'UNAVAILABLE', message: 'A part of the system cannot be reached just now.', checks });
  });
}

/** Whether files that nobody wants any more are deleted: not while the process is fresh, and not from somebody else's store. */
function deletionsOf({ guard: { standing, isSettled } }: OpenStore): 'on' | 'waiting' | 'stopped' {
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

/** Of the stores in use, the first that is not well. */
async function worstState(stores: FileStores): Promise<string> {
  // While the database is away, nobody knows of others.
  const used = await stores.inUse().catch(async () => [await stores.current()]);
  const states = await Promise.all(used.map(({ guard, store }) => stateOf(() => guard.requireAsked().then(() => store.checkReachable()))));
  return states.find((state) => state !== OK) ?? OK;
}

async function stateOf(check: () => Promise<unknown>): Promise<string> {
  return check().then(
    () => OK,
    (error: unknown) => STORE_STATES[error instanceof StorageFault ? error.reason : 'FAILED'],
  );
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  return check().then(
    () => true,
    () => false,
  );
}
