import type { FastifyInstance } from 'fastify';

/** How often connections are looked for that have become idle while the server closes. */
const CLOSE_IDLE_EVERY_MS = 50;

/**
 * Counts the requests that run, and while the server closes ends each connection as soon as its request is answered: Node
 * closes those that are idle when closing begins, and would wait for the others' keep-alive. @returns the count at present
 */
export function countRunningRequests(app: FastifyInstance): () => number {
  let running = 0;
  app.addHook('onRequest', async (_request, reply) => {
    running += 1;
    reply.raw.once('close', () => (running -= 1));
  });
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS).unref();
    app.server.once('close', () => clearInterval(timer));
  });
  return () => running;
}
