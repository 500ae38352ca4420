import { formatBytes } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import type { JobRunner } from '../../machinery/jobs/job-runner.js';
import type { RequestRates } from '../../machinery/throttle/request-rates.js';
import type { ObjectStore } from '../../storage/object-store.js';

export const CONCERN_KINDS = ['JOBS_LATE', 'DISK_NEARLY_FULL', 'CLOCK', 'UNTRUSTED_PROXY'] as const;
export type ConcernKind = (typeof CONCERN_KINDS)[number];

/** Something about the running system that a person has to look at. */
export interface SystemConcern {
  readonly kind: ConcernKind;
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
}

/** A lane polls every second: whoever waits so long is not being served. */
const LATE_SECONDS = 300;
const SECONDS_PER_MINUTE = 60;
/** Below this share of the disk, and below this room, an upload of ordinary size may no longer fit. */
const SCARCE_SHARE = 0.1;
const SCARCE_BYTES = 20 * 1_024 ** 3;
const TOLD_OFFSET_SECONDS = 30;

export interface SystemConcernsUse {
  readonly jobs: Pick<JobRunner, 'measure'>;
  readonly stores: { readonly current: () => Promise<{ readonly store: Pick<ObjectStore, 'room' | 'clockOffsetSeconds'> }> };
  readonly requestRates: Pick<RequestRates, 'hasUntrustedProxy'>;
}

/** What of the running system needs attention, as this process sees it. */
export class SystemConcerns {
  constructor(private readonly use: SystemConcernsUse) {}

  /** @throws PublicFault FORBIDDEN: the system belongs to no product */
  async list({ actor }: RequestContext): Promise<readonly SystemConcern[]> {
    if (!mayUse(actor, 'release:read', null)) throw forbidden('release:read');
    const { store } = await this.use.stores.current();
    const found = [...(await this.#lateJobs()), await fullDisk(store), wrongClock(store), this.#proxy()];
    return found.filter((concern) => concern !== null);
  }

  async #lateJobs(): Promise<readonly SystemConcern[]> {
    const lanes = await this.use.jobs.measure();
    return lanes
      .filter(({ oldestSeconds }) => oldestSeconds >= LATE_SECONDS)
      .map(({ lane, count, oldestSeconds }) => {
        const minutes = Math.floor(oldestSeconds / SECONDS_PER_MINUTE).toLocaleString('en-US');
        const jobs = count === 1 ? '1 job' : `${count.toLocaleString('en-US')} jobs`;
        return {
          kind: 'JOBS_LATE',
          message: `${jobs} of the lane ${lane} wait, the oldest for ${minutes} minutes: look for errors in the log.`,
        };
      });
  }

  #proxy(): SystemConcern | null {
    if (!this.use.requestRates.hasUntrustedProxy) return null;
    const message =
      'Requests come through a proxy that TRUSTED_PROXIES does not name, so nothing is counted by address: add its address, which the log has.';
    return { kind: 'UNTRUSTED_PROXY', message };
  }
}

async function fullDisk(store: Pick<ObjectStore, 'room'>): Promise<SystemConcern | null> {
  // A store that does not answer is told elsewhere.
  const room = await store.room().catch(() => null);
  if (room === null || room.freeBytes >= SCARCE_BYTES || room.freeBytes >= room.totalBytes * SCARCE_SHARE) return null;
  const message = `The disk of the file store has ${formatBytes(room.freeBytes)} of ${formatBytes(room.totalBytes)} left: make room on it.`;
  return { kind: 'DISK_NEARLY_FULL', message };
}

function wrongClock({ clockOffsetSeconds: seconds }: Pick<ObjectStore, 'clockOffsetSeconds'>): SystemConcern | null {
  if (Math.abs(seconds) < TOLD_OFFSET_SECONDS) return null;
  const way = seconds > 0 ? 'behind' : 'ahead of';
  const message = `The clock of this server is ${Math.abs(seconds).toLocaleString('en-US')} s ${way} the file store's: keep it set with NTP.`;
  return { kind: 'CLOCK', message };
}
