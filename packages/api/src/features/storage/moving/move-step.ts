import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import { newId } from '../../../kernel/ids.js';
import { databaseNow, enqueueJob } from '../../../machinery/jobs/job-queue.js';
import { BASE_STORE } from '../../../storage/ownership/object-rows.js';
import { SavedStore } from '../../../storage/stores/saved-store.entity.js';

export const MOVE_JOB = 'store.move';

/** Where a move stands. */
export interface MoveStep {
  /** The saving of the stores that asked for it: a later one makes it pointless. */
  readonly version: number;
  /** Counts the times that all stores were gone through. */
  readonly pass: number;
  /** The store in which this pass goes on; null: the first one. */
  readonly from: string | null;
  /** The last file there that was looked at. */
  readonly after: string;
}

/** The step that begins with the first store again. */
export const nextPass = ({ version, pass }: MoveStep): MoveStep => ({ version, pass: pass + 1, from: null, after: '' });

/** Asks for all files to be moved to the store that is current now. */
export function askForMove(tx: Transaction, version: number): Promise<void> {
  return enqueueStep(tx, { version, pass: 0, from: null, after: '' });
}

/** Asks for the next step. @param inSeconds from now */
export async function enqueueStep(tx: Transaction, step: MoveStep, inSeconds = 0): Promise<void> {
  const runAt = new Date((await databaseNow(tx)).getTime() + inSeconds * 1_000);
  await enqueueJob(tx, { kind: MOVE_JOB, dedupeKey: `${MOVE_JOB}:${step.version}:${newId()}`, payload: step, runAt });
}

/** How often stores were saved: whoever edits them says which state was read, and a move belongs to one. */
export async function findStoreVersion(database: Pick<Database, 'read'>): Promise<number> {
  return (await database.read.findOneBy(SavedStore, { id: BASE_STORE }))?.lockVersion ?? 0;
}
