import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../../app.js';
import type { Log } from '../../kernel/log.js';

export interface ShutdownUse {
  readonly app: App;
  readonly log: Log;
  /** How long requests are still taken, so that a balancer can move on, in seconds. */
  readonly drainSeconds: number;
  /** How long running requests and jobs may take to finish, in seconds. */
  readonly graceSeconds: number;
}

/**
 * Ends a server without hurting anybody (DESIGN.md, section 9.4): tells balancers, takes no new connections, lets requests and the jobs at hand
 * finish, and after the grace period cuts what is left, counted in one log line. A job that is cut is done again by whoever
 * leases it next.
 */
export async function shutDown({ app, log, drainSeconds, graceSeconds }: ShutdownUse): Promise<void> {
  app.requests.drain();
  await delay(drainSeconds * 1_000);
  const closing = app.close();
  let timer: NodeJS.Timeout | undefined;
  const graceIsOver = new Promise<'OVER'>((resolve) => {
    timer = setTimeout(() => resolve('OVER'), graceSeconds * 1_000);
  });
  const outcome = await Promise.race([closing.then(() => 'CLOSED' as const), graceIsOver]);
  clearTimeout(timer);
  if (outcome === 'CLOSED') return;
  log.warn({ requestsCut: app.requests.count(), graceSeconds }, 'the time for stopping is over; what still ran was cut');
  app.server.server.closeAllConnections();
  closing.catch(() => undefined);
}
