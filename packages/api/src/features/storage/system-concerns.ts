import { concernAction, type ConcernAction, type ConcernKind } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import type { JobRunner } from '../../machinery/jobs/job-runner.js';
import type { RequestRates } from '../../machinery/throttle/request-rates.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import { SavedStore } from '../../storage/stores/saved-store.entity.js';
import type { StoreCertificates } from './store-certificates.js';
import {
  certificateConcern,
  clockConcern,
  diskConcern,
  fullConcern,
  lateJobsConcern,
  moveConcern,
  unknownConcern,
  unusedConcern,
  type Concern,
} from './concern-texts.js';

/** Something about the running system that a person has to look at. */
export interface SystemConcern {
  readonly kind: ConcernKind;
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
  readonly action: ConcernAction | null;
}

export interface SystemConcernsUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: Pick<JobRunner, 'measure'>;
  readonly stores: Pick<FileStores, 'current' | 'inUse'>;
  readonly certificates: Pick<StoreCertificates, 'findFirstToEnd'>;
  readonly requestRates: Pick<RequestRates, 'hasUntrustedProxy'>;
}

/** What of the running system needs attention, as this process sees it; the file store first, since it concerns customers. */
export class SystemConcerns {
  constructor(private readonly use: SystemConcernsUse) {}

  /** @throws PublicFault FORBIDDEN: the system belongs to no product */
  async list({ actor }: RequestContext): Promise<readonly SystemConcern[]> {
    if (!mayUse(actor, 'release:read', null)) throw forbidden('release:read');
    const found = await this.#find(mayUse(actor, 'settings:write', null));
    return found.map((concern) => ({ ...concern, action: concernAction(concern.kind, (scope) => mayUse(actor, scope, null)) }));
  }

  /** As administrators see them. */
  async listForOperators(): Promise<readonly SystemConcern[]> {
    return (await this.#find(true)).map((concern) => ({ ...concern, action: concernAction(concern.kind, () => true) }));
  }

  async #find(isOperator: boolean): Promise<readonly Concern[]> {
    const found = [...(await this.#ofStores(isOperator)), ...(await this.#lateJobs()), await this.#clock(), this.#proxy()];
    return found.filter((concern) => concern !== null);
  }

  /** @param isOperator whether hosts and buckets may be named */
  async #ofStores(isOperator: boolean): Promise<readonly (Concern | null)[]> {
    const { stores, certificates, clock } = this.use;
    const used = await stores.inUse();
    const current = await stores.current();
    const rows = await this.use.database.read.find(SavedStore);
    const unknown = used.map(({ id }) => rows.find((row) => row.id === id)?.unknownObjects ?? 0);
    return [
      unusedConcern(used.map(({ guard }) => guard.standing)),
      fullConcern(current.guard.room.isFull),
      // A store that does not answer is told elsewhere.
      diskConcern(await current.store.room().catch(() => null)),
      moveConcern(rows.find(({ id }) => id === current.id)?.problem ?? null, isOperator),
      unknownConcern(unknown.reduce((sum, count) => sum + count, 0)),
      certificateConcern(await certificates.findFirstToEnd(), { now: clock.now(), isOperator }),
    ];
  }

  async #lateJobs(): Promise<readonly (Concern | null)[]> {
    return (await this.use.jobs.measure()).map(lateJobsConcern);
  }

  async #clock(): Promise<Concern | null> {
    return clockConcern((await this.use.stores.current()).store.clockOffsetSeconds);
  }

  #proxy(): Concern | null {
    if (!this.use.requestRates.hasUntrustedProxy) return null;
    const message =
      'Requests come through a proxy that TRUSTED_PROXIES does not name, so nothing is counted by address: add its address, which the log has.';
    return { kind: 'UNTRUSTED_PROXY', message };
  }
}
