import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newId } from '../../../kernel/ids.js';
import type { PublicFault } from '../../../kernel/problem/faults.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import { LicenseListArgs } from '../license-filter.js';
import type { LicenseList } from '../license-list.js';
import { changeOne, type BulkChangeUse } from './bulk-change.js';
import { LicenseTask, LicenseTaskItem } from './license-task.entity.js';
import { contextOf, explain, SLICE_MS } from './in-background.js';
import type { ChangeLicensesInput } from './license-task.schema.js';

export const LICENSE_TASK_JOB = 'license.task';
/** Licenses that are collected, or looked up to be changed, at a time. */
const AT_ONCE = 100;

export interface TaskStep {
  readonly taskId: string;
  readonly step: number;
}

export interface TaskJobUse extends BulkChangeUse {
  readonly database: Database;
  readonly list: LicenseList;
  /** Who asked, with the rights that they have now; null when they have none any more. */
  readonly actorOf: (kind: string, id: string) => Promise<Actor | null>;
  /** What outsiders see of an unexpected error, which it logs. */
  readonly faultOf: (error: unknown, requestId: string) => PublicFault;
}

/** Asks for the next part of a task, in the transaction of what makes it necessary. */
export async function enqueueTask(tx: Transaction, next: TaskStep): Promise<void> {
  await enqueueJob(tx, { kind: LICENSE_TASK_JOB, dedupeKey: `${LICENSE_TASK_JOB}:${next.taskId}:${next.step}`, payload: next });
}

/** Goes on with a task: collects what is meant, then changes it one by one. Each license and its result are one transaction. */
export function licenseTaskJob(use: TaskJobUse): JobHandler {
  return async (payload) => {
    const step = payload as TaskStep; // written by `enqueueTask`
    const isOver = await workOn(use, step.taskId);
    return (tx) => (isOver ? Promise.resolve() : enqueueTask(tx, { ...step, step: step.step + 1 }));
  };
}

async function workOn(use: TaskJobUse, taskId: string): Promise<boolean> {
  const until = performance.now() + SLICE_MS;
  const task = await use.database.read.findOneBy(LicenseTask, { id: taskId });
  if (!task || task.endedAt !== null) return true;
  const actor = await use.actorOf(task.createdByKind, task.createdBy);
  if (!actor) return stop(use, taskId);
  const work = { context: contextOf(actor, task.requestId), input: readInput(task) };
  while (performance.now() < until) {
    const present = await use.database.read.findOneBy(LicenseTask, { id: taskId });
    if (!present || present.endedAt !== null) return true;
    if (present.state === 'COLLECTING') await collect(use, present, work);
    else if (await runNext(use, taskId, work)) return true;
  }
  return false;
}

/** Written as JSON by `LicenseTasks`; instants were texts there. */
function readInput({ input }: LicenseTask): ChangeLicensesInput {
  const read = JSON.parse(input, (_key, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value) ? new Date(value) : value,
  ) as ChangeLicensesInput;
  return read;
}

interface Work {
  readonly context: RequestContext;
  readonly input: ChangeLicensesInput;
}

/** Whoever may no longer do it is not done the favour: what is left stays as it is. */
async function stop({ database, clock }: TaskJobUse, taskId: string): Promise<true> {
  const problem = 'Whoever asked for this can no longer sign in: ask for the rest again.';
  await database.transaction(async (tx) => {
    const task = await tx.lock(LicenseTask, { id: taskId });
    if (task?.endedAt === null) await tx.manager.update(LicenseTask, { id: taskId }, { state: 'STOPPED', problem, endedAt: clock.now() });
  });
  return true;
}

/** The next licenses that are meant: what is changed meanwhile is not looked for again, and each is taken once. */
async function collect({ database, list }: TaskJobUse, task: LicenseTask, { context, input }: Work): Promise<void> {
  const args = Object.assign(new LicenseListArgs(), input.filter, { first: AT_ONCE, after: task.collectedUntil });
  const { nodes, pageInfo } = await list.list(context, args);
  await database.transaction(async (tx) => {
    const present = await tx.lock(LicenseTask, { id: task.id });
    if (present?.state !== 'COLLECTING' || present.collectedUntil !== task.collectedUntil) return;
    const added = await addItems(
      tx,
      task.id,
      nodes.map(({ id }) => id),
    );
    const next = pageInfo.hasNextPage ? ({ collectedUntil: pageInfo.endCursor } as const) : ({ state: 'RUNNING' } as const);
    await tx.manager.update(LicenseTask, { id: task.id }, { ...next, total: present.total + added });
  });
}

/** @returns how many of them were not there yet */
export async function addItems(tx: Transaction, taskId: string, licenseIds: readonly string[]): Promise<number> {
  let added = 0;
  for (const licenseId of licenseIds)
    if (await tx.insertIfAbsent('license_task_item', { id: newId(), task_id: taskId, license_id: licenseId, state: 'WAITING' })) added += 1;
  return added;
}

/** @returns whether nothing is left */
async function runNext(use: TaskJobUse, taskId: string, work: Work): Promise<boolean> {
  const rows = await use.database.query<{ id: string }>(
    `SELECT id FROM license_task_item WHERE task_id = ? AND state = 'WAITING' ORDER BY id LIMIT ${AT_ONCE}`,
    [taskId],
  );
  if (rows.length === 0) {
    await use.database.transaction((tx) =>
      tx.manager.update(LicenseTask, { id: taskId, state: 'RUNNING' }, { state: 'DONE', endedAt: use.clock.now() }),
    );
    return true;
  }
  const items = await use.database.read.findBy(LicenseTaskItem, { id: In(rows.map(({ id }) => id)) });
  for (const item of items) if (!(await runOne(use, item, work))) return true;
  return false;
}

/** @returns false when the task was stopped meanwhile */
async function runOne(use: TaskJobUse, item: LicenseTaskItem, work: Work): Promise<boolean> {
  try {
    return await use.database.transaction(async (tx) => {
      if (!(await isRunning(tx, item))) return false;
      const isChanged = await changeOne(tx, use, { ...work, licenseId: item.licenseId });
      await settle(tx, item, { state: isChanged ? 'CHANGED' : 'UNCHANGED' });
      return true;
    });
  } catch (error) {
    const { code, message } = explain(use.faultOf, error, work.context.requestId);
    return use.database.transaction(async (tx) => {
      if (!(await isRunning(tx, item))) return false;
      await settle(tx, item, { state: 'FAILED', code, message: message.slice(0, 500) });
      return true;
    });
  }
}

/** Locks the task: of two who work on it one waits here, and finds the license done. */
async function isRunning(tx: Transaction, { taskId }: LicenseTaskItem): Promise<boolean> {
  return (await tx.lock(LicenseTask, { id: taskId }))?.state === 'RUNNING';
}

type Outcome = { readonly state: 'CHANGED' | 'UNCHANGED' } | { readonly state: 'FAILED'; readonly code: string; readonly message: string };

const COUNTERS = { CHANGED: 'changed', UNCHANGED: 'unchanged', FAILED: 'failed' } as const;

async function settle(tx: Transaction, { id, taskId }: LicenseTaskItem, outcome: Outcome): Promise<void> {
  const { affected } = await tx.manager.update(LicenseTaskItem, { id, state: 'WAITING' }, outcome);
  // Another process did it meanwhile: what this one did is undone.
  if (affected !== 1) throw new Error(`License task item ${id} was settled by another process.`);
  const counter = COUNTERS[outcome.state];
  await tx.execute(`UPDATE license_task SET ${counter} = ${counter} + 1 WHERE id = ?`, [taskId]);
}
