import type { Database } from '../../database/database.js';
import type { Log } from '../../kernel/log.js';
import { JobLane, type JobKind } from './job-lane.js';
import { listDueKinds, measureDue } from './job-queue.js';

/** How often an idle process looks for jobs that others asked for. */
const POLL_EVERY_MS = 1_000;

/**
 * Lanes do not wait for each other (DESIGN.md, section 9.3): a release goes out on time though gigabytes are hashed. `publish`:
 * what was scheduled. `files`: verifying and deleting. `mail`: sending it. `announcements`: whom they are for, and their mails. `licenses`: changes of many. `moves`: from one store to another. `upkeep`: sweeps, comparing store and rows.
 */
export const JOB_LANES = ['publish', 'files', 'mail', 'announcements', 'licenses', 'moves', 'upkeep'] as const;
export type JobLaneName = (typeof JOB_LANES)[number];
const LONG_LANES: ReadonlySet<JobLaneName> = new Set(['announcements', 'licenses', 'moves', 'upkeep']);

/** Runs the jobs of one process, one at a time in each lane. Several processes may run against the same table. */
export class JobRunner {
  readonly #lanes: ReadonlyMap<JobLaneName, JobLane>;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {
    this.#lanes = new Map(JOB_LANES.map((name) => [name, new JobLane(database, log)]));
  }

  register(lane: JobLaneName, kind: string, how: JobKind): void {
    this.#lane(lane).register(kind, how);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.nudge(), POLL_EVERY_MS).unref();
    this.nudge();
  }

  /** Stops looking for jobs and waits for those at hand; upkeep and moves may take hours, are left where they are, and begun again by whoever comes next. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const stopping = [...this.#lanes].map(([name, lane]) => ({ name, stopped: lane.stop() }));
    await Promise.all(stopping.filter(({ name }) => !LONG_LANES.has(name)).map(({ stopped }) => stopped));
  }

  /** Looks for due jobs now instead of at the next poll; does nothing in a process that runs none. */
  nudge(): void {
    // A dry run asks for jobs that will not be there; running real ones in it would do them and forget that they were done.
    if (!this.#timer || this.database.isRehearsing) return;
    listDueKinds(this.database)
      .then((kinds) => this.#nudgeLanesOf(kinds))
      .catch((error: unknown) => this.log.error({ err: error }, 'jobs cannot be read'));
  }

  /** Runs everything that is due, in all lanes. @returns how many jobs were run */
  async runDue(): Promise<number> {
    if (this.database.isRehearsing) return 0;
    let count = 0;
    for (let ran = -1; ran !== 0; count += ran) {
      const counts = await Promise.all([...this.#lanes.values()].map((lane) => lane.runDue()));
      // A job of one lane may ask for one of another.
      ran = counts.reduce((sum, one) => sum + one, 0);
    }
    return count;
  }

  /** How many jobs of each lane are due, and how long the oldest has waited. */
  async measure(): Promise<readonly { readonly lane: JobLaneName; readonly count: number; readonly oldestSeconds: number }[]> {
    const kinds = await measureDue(this.database);
    return [...this.#lanes].map(([name, lane]) => {
      const own = kinds.filter(({ kind }) => lane.has(kind));
      const count = own.reduce((sum, one) => sum + one.count, 0);
      return { lane: name, count, oldestSeconds: Math.max(0, ...own.map(({ oldestSeconds }) => oldestSeconds)) };
    });
  }

  #nudgeLanesOf(kinds: readonly string[]): void {
    if (!this.#timer) return;
    for (const lane of this.#lanes.values()) if (kinds.some((kind) => lane.has(kind))) lane.nudge();
  }

  #lane(name: JobLaneName): JobLane {
    const lane = this.#lanes.get(name);
    if (!lane) throw new Error(`There is no lane ${name}.`);
    return lane;
  }
}
