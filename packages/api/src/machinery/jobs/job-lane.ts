import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Log } from '../../kernel/log.js';
import { claimJob, finishJob, postponeJob, renewLease, type LeasedJob } from './job-queue.js';

/** A lease is renewed three times before it runs out. */
const LEASE_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
/** Retries wait 2, 4, 8, ... seconds, at most this long. */
const MAX_RETRY_SECONDS = 300;

/**
 * The outside part of a job (store, mail, hashing) happens first; what it returns is its effect on the database, which is
 * applied in the very transaction that finishes the job: once, whatever crashes.
 */
export type JobHandler = (payload: unknown) => Promise<(tx: Transaction) => Promise<void>>;

/** How jobs of one kind are run. */
export interface JobKind {
  readonly handler: JobHandler;
  /** Whether this process may run them at present; always when absent. */
  readonly isOpen?: () => boolean;
}

/** Jobs of some kinds, one at a time: what waits here waits for nothing in other lanes. */
export class JobLane {
  readonly #kinds = new Map<string, JobKind>();
  #working: Promise<number> | null = null;
  #nudged = false;
  #isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  register(kind: string, how: JobKind): void {
    this.#kinds.set(kind, how);
  }

  has(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  /** Sets to work on what is due, unless it is at work already: then it looks once more at the end. */
  nudge(): void {
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

  /** Begins nothing more, and waits for the job at hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#working;
  }

  /** Runs everything that is due. @returns how many jobs were run */
  async runDue(): Promise<number> {
    let count = 0;
    do {
      this.#nudged = false;
      for (let job = await this.#claim(); job; job = await this.#claim()) {
        await this.#run(job);
        count += 1;
      }
    } while (this.#nudged && !this.#isStopping);
    return count;
  }

  async #claim(): Promise<LeasedJob | null> {
    const kinds = [...this.#kinds].filter(([, { isOpen }]) => isOpen?.() ?? true).map(([kind]) => kind);
    if (this.#isStopping || kinds.length === 0) return null;
    return this.database.transaction((tx) => claimJob(tx, kinds, LEASE_SECONDS));
  }

  async #run(job: LeasedJob): Promise<void> {
    const renewal = setInterval(() => {
      this.database
        .transaction((tx) => renewLease(tx, job, LEASE_SECONDS))
        .catch((error: unknown) => this.log.warn({ err: error, job: job.id }, 'lease not renewed'));
    }, RENEW_EVERY_MS);
    try {
      const kind = this.#kinds.get(job.kind);
      if (!kind) throw new Error(`No handler for jobs of kind ${job.kind}.`);
      const effect = await kind.handler(JSON.parse(job.payload));
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
    await this.database.transaction((tx) => postponeJob(tx, job, { delaySeconds, error: message }));
  }
}
