import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database.js';
import { sendProblem } from '../kernel/problem-reply.js';
import type { ObjectStore } from '../storage/object-store.js';

const config = { access: 'public' } as const;

/** `GET /healthz`: the process runs. `GET /readyz`: it can do its work. */
export function registerHealthRoutes(app: FastifyInstance, database: Database, store: ObjectStore): void {
  app.get('/healthz', { config }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config }, async (_request, reply) => {
    const [isDatabaseReady, isStoreReady] = await Promise.all([
      answers(() => database.query('SELECT 1 AS one')),
      answers(() => store.checkReachable()),
    ]);
    const checks = { database: isDatabaseReady ? 'ok' : 'unreachable', store: isStoreReady ? 'ok' : 'unreachable' };
    if (isDatabaseReady && isStoreReady) return { status: 'ok', checks };
    return sendProblem(reply, { status: 503, code: 'UNAVAILABLE', message: 'A part of the system cannot be reached just now.', checks });
  });
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  return check().then(
    () => true,
    () => false,
  );
}
