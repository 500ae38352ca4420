import type { Features } from './features.js';
import type { Foundation } from './foundation.js';
import { enqueueJob } from '../features/jobs/job-queue.js';

const SWEEP_JOB = 'sweep';
const SWEEP_EVERY_MS = 10 * 60_000;

/** Starts the jobs, and asks for a sweep every ten minutes: whichever replica asks first, it happens once. @returns stops asking */
export function startSchedule(
  { database, clock, log }: Pick<Foundation, 'database' | 'clock' | 'log'>,
  { jobs, sweeper }: Features,
): () => void {
  jobs.register(SWEEP_JOB, async () => {
    await sweeper.sweep();
    return async () => undefined;
  });
  const ask = (): void => {
    const slot = Math.floor(clock.now().getTime() / SWEEP_EVERY_MS);
    database
      .transaction((tx) => enqueueJob(tx, { kind: SWEEP_JOB, dedupeKey: `${SWEEP_JOB}:${slot}`, payload: {} }))
      .catch((error: unknown) => log.warn({ err: error }, 'no sweep could be asked for'));
  };
  ask();
  const timer = setInterval(ask, SWEEP_EVERY_MS).unref();
  jobs.start();
  return () => clearInterval(timer);
}
