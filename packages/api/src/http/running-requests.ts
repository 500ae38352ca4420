import type { FastifyInstance } from 'fastify';

/** How often connections are looked for that have become idle while the server closes. */
const CLOSE_IDLE_EVERY_MS = 50;

/** What runs, and how a server says farewell. */
export interface RunningRequests {
  /** How many requests run at present. */
  count(): number;
  /** Whether the server is about to stop: it still answers, and asks everybody to go elsewhere. */
  isDraining(): boolean;
  /** From now on every answer ends its connection. */
  drain(): void;
}

/**
 * Counts the requests that run, and while the server closes ends each connection as soon as its request is answered: Node
 * closes those that are idle when closing begins, and would wait for the others' keep-alive.
 */
export function watchRequests(app: FastifyInstance): RunningRequests {
  let running = 0;
  let isDraining = false;
  app.addHook('onRequest', async (_request, reply) => {
    running += 1;
    reply.raw.once('close', () => (running -= 1));
    if (isDraining) void reply.header('Connection', 'close');
  });
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS).unref();
    app.server.once('close', () => clearInterval(timer));
  });
  return { count: () => running, isDraining: () => isDraining, drain: () => void (isDraining = true) };
}
