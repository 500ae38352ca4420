import { In, LessThan } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { readKeysetList, type KeysetList } from '../../../database/keyset-list.js';
import type { Transaction } from '../../../database/transaction.js';
import { actorId } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newId } from '../../../kernel/ids.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { Connection, ForwardPageArgs } from '../../../kernel/pagination.js';
import { mayUse } from '../../../kernel/policy.js';
import { notFound } from '../../../kernel/problem/faults.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { holdLimit } from '../../../machinery/limits/limit-lock.js';
import { checkBulkInput } from './bulk-change.js';
import { addItems, enqueueTask } from './license-task.job.js';
import { LicenseTask, LicenseTaskItem } from './license-task.entity.js';
import type { ChangeLicensesInput } from './license-task.schema.js';

/** What became of a change is there for this long. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Tasks, and licenses of one, that one sweep forgets at a time. */
const TASKS_AT_ONCE = 100;
const ITEMS_AT_ONCE = 5_000;

const ITEMS: KeysetList<LicenseTaskItem> = {
  name: 'license task item',
  table: 'license_task_item',
  entity: LicenseTaskItem,
  order: { columns: ['id'], isDescending: false },
  cursorOf: ({ id }) => [id],
};

const NOTHING_DONE = { collectedUntil: null, total: 0, changed: 0, unchanged: 0, failed: 0, problem: null } as const;

export interface LicenseTasksUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly idempotency: IdempotencyKeys;
  readonly jobs: Pick<JobRunner, 'nudge'>;
}

/** Asks for changes of many licenses, and tells how far they are. */
export class LicenseTasks {
  constructor(private readonly use: LicenseTasksUse) {}

  /** The task, for whoever asked for it, and for staff who see all licenses. */
  async find({ actor }: RequestContext, id: string): Promise<LicenseTask | null> {
    const task = await this.use.database.read.findOneBy(LicenseTask, { id });
    return task && (task.createdBy === actorId(actor) || mayUse(actor, 'license:read', null)) ? task : null;
  }

  async failures({ id }: LicenseTask, args: ForwardPageArgs): Promise<Connection<LicenseTaskItem>> {
    const where = { sql: `task_id = ? AND state = 'FAILED'`, parameters: [id] };
    return readKeysetList(this.use.database, ITEMS, { args, where });
  }

  /** @throws PublicFault BAD_USER_INPUT, Refusal CONFIRMATION_MISMATCH, TOO_MANY */
  async create(context: RequestContext, input: ChangeLicensesInput): Promise<LicenseTask> {
    const { idempotencyKey, ...asked } = input;
    checkBulkInput(input, this.use.clock.now());
    const task = await this.use.database.transaction(async (tx) => {
      const call = { operation: 'changeLicenses', key: idempotencyKey, input: asked, made: { entity: LicenseTask, noun: 'task' } };
      const { id } = await this.use.idempotency.once(tx, context, call, () => this.#insert(tx, context, asked));
      return tx.manager.findOneByOrFail(LicenseTask, { id });
    });
    this.use.jobs.nudge();
    return task;
  }

  /** What is done stays done. */
  async stop(context: RequestContext, id: string): Promise<LicenseTask> {
    if (!(await this.find(context, id))) throw notFound('task');
    return this.use.database.transaction(async (tx) => {
      const task = await tx.lock(LicenseTask, { id });
      if (!task) throw notFound('task');
      if (task.endedAt !== null) return task;
      const change = { state: 'STOPPED', endedAt: this.use.clock.now() } as const;
      await tx.manager.update(LicenseTask, { id }, change);
      return { ...task, ...change };
    });
  }

  /** Lets go what ended long ago, a part at a time. */
  async forget(): Promise<void> {
    const before = new Date(this.use.clock.now().getTime() - KEPT_DAYS * DAY_MS);
    const { database } = this.use;
    for (const { id } of await database.read.find(LicenseTask, { where: { endedAt: LessThan(before) }, take: TASKS_AT_ONCE })) {
      const rows = await database.query<{ id: string }>('SELECT id FROM license_task_item WHERE task_id = ? LIMIT ?', [id, ITEMS_AT_ONCE]);
      await database.transaction(async (tx) => {
        for (const row of rows) await tx.manager.delete(LicenseTaskItem, { id: row.id });
        if (rows.length < ITEMS_AT_ONCE) await tx.manager.delete(LicenseTask, { id });
      });
    }
  }

  async #insert(tx: Transaction, context: RequestContext, asked: ChangeLicensesInput): Promise<string> {
    await holdLimit(tx, 'licenseTasks');
    const present = await tx.manager.countBy(LicenseTask, { state: In(['COLLECTING', 'RUNNING']) });
    requireRoom(LIMITS.licenseTasks, present, { who: 'There are', advice: 'wait until one is done, or stop one', field: 'action' });
    const { ids, ...input } = asked;
    const id = newId();
    await tx.manager.insert(LicenseTask, {
      id,
      action: asked.action,
      input: JSON.stringify(input),
      state: ids == null ? 'COLLECTING' : 'RUNNING',
      ...NOTHING_DONE,
      createdByKind: context.actor.kind,
      createdBy: actorId(context.actor),
      requestId: context.requestId,
      createdAt: this.use.clock.now(),
      endedAt: null,
    });
    if (ids != null) await tx.manager.update(LicenseTask, { id }, { total: await addItems(tx, id, ids) });
    await enqueueTask(tx, { taskId: id, step: 0 });
    return id;
  }
}
