import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How often connections are looked for that have become idle while the server closes. */
const CLOSE_IDLE_EVERY_MS = 50;
/** A connection that has sent no request so long after closing began will send none. */
const SILENT_MS = 2_000;

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
  /** Requests that run, by the connection that carries them. */
  const busy = new Map<Socket, number>();
  app.server.on('connection', (socket: Socket) => {
    busy.set(socket, 0);
    socket.once('close', () => busy.delete(socket));
  });
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    const count = (change: number): void => {
      running += change;
      if (busy.has(socket)) busy.set(socket, (busy.get(socket) ?? 0) + change);
    };
    count(1);
    reply.raw.once('close', () => count(-1));
    if (isDraining) void reply.header('Connection', 'close');
  });
  app.addHook('preClose', async () => {
    const silentSince = performance.now();
    const timer = setInterval(() => {
      app.server.closeIdleConnections();
      // Node does not count those as idle that never sent a byte.
      if (performance.now() - silentSince > SILENT_MS) for (const [socket, requests] of busy) if (requests === 0) socket.destroySoon();
    }, CLOSE_IDLE_EVERY_MS).unref();
    app.server.once('close', () => clearInterval(timer));
  });
  return { count: () => running, isDraining: () => isDraining, drain: () => void (isDraining = true) };
}
