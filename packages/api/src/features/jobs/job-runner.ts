import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Log } from '../../kernel/log.js';
import { claimJob, finishJob, postponeJob, renewLease, type LeasedJob } from './job-queue.js';

/** A lease is renewed three times before it runs out. */
const LEASE_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
/** How often an idle process looks for jobs that others asked for. */
const POLL_EVERY_MS = 1_000;
/** Retries wait 2, 4, 8, ... seconds, at most this long. */
const MAX_RETRY_SECONDS = 300;

/**
 * The outside part of a job (store, mail, hashing) happens first; what it returns is its effect on the database, which is
 * applied in the very transaction that finishes the job: once, whatever crashes.
 */
export type JobHandler = (payload: unknown) => Promise<(tx: Transaction) => Promise<void>>;

/** Runs the jobs of one process, one at a time. Several processes may run against the same table. */
export class JobRunner {
  readonly #handlers = new Map<string, JobHandler>();
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<number> | null = null;
  #nudged = false;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  register(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.nudge(), POLL_EVERY_MS).unref();
    this.nudge();
  }

  /** Stops looking for jobs and waits for the one at hand. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#working;
  }

  /** Looks for due jobs now instead of at the next poll; does nothing in a process that runs none. */
  nudge(): void {
    if (!this.#timer) return;
    this.#nudged = true;
    this.#working ??= this.runDue()
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'jobs cannot be read');
        return 0;
      })
      .finally(() => {
        this.#working = null;
      });
  }

  /** Runs everything that is due. @returns how many jobs were run */
  async runDue(): Promise<number> {
    // A dry run asks for jobs that will not be there; running real ones in it would do them and forget that they were done.
    if (this.database.isRehearsing) return 0;
    let count = 0;
    do {
      this.#nudged = false;
      for (let job = await this.#claim(); job; job = await this.#claim()) {
        await this.#run(job);
        count += 1;
      }
    } while (this.#nudged);
    return count;
  }

  #claim(): Promise<LeasedJob | null> {
    return this.database.transaction((tx) => claimJob(tx, LEASE_SECONDS));
  }

  async #run(job: LeasedJob): Promise<void> {
    const renewal = setInterval(() => {
      this.database
        .transaction((tx) => renewLease(tx, job, LEASE_SECONDS))
        .catch((error: unknown) => this.log.warn({ err: error, job: job.id }, 'lease not renewed'));
    }, RENEW_EVERY_MS);
    try {
      const handler = this.#handlers.get(job.kind);
      if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}.`);
      const effect = await handler(JSON.parse(job.payload));
      await this.database.transaction(async (tx) => {
        await finishJob(tx, job);
        await effect(tx);
      });
    } catch (error) {
      await this.#postpone(job, error);
    } finally {
      clearInterval(renewal);
    }
  }

  async #postpone(job: LeasedJob, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    this.log.warn({ err: error, job: job.id, kind: job.kind, attempts: job.attempts }, 'job failed; it will be tried again');
    const delaySeconds = Math.min(2 ** job.attempts, MAX_RETRY_SECONDS);
    await this.database.transaction((tx) => postponeJob(tx, job, delaySeconds, message));
  }
}
