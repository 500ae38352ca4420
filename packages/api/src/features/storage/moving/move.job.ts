import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import type { StoreEvents } from '../../../machinery/store-events/store-events.js';
import { hasObjects } from '../../../storage/ownership/object-rows.js';
import type { FileStores, OpenStore } from '../../../storage/stores/file-stores.js';
import { findObjectSubject } from '../../assets/presence/object-subject.js';
import { copyObject } from './copy-object.js';
import { clearTroubles, goBackIfRefused, noteTrouble } from './move-troubles.js';
import { isMovable, listMovable, noteMoved, type MovableObject } from './moved-rows.js';
import { enqueueStep, findStoreVersion, nextPass, type MoveStep } from './move-step.js';

/** One job works this long; then the next one goes on, so that whoever stops or crashes loses little. */
const SLICE_MS = 20_000;
/** Files that are copied at the same time. */
const FILES_AT_ONCE = 4;
/** What could not be moved yet, uploads under way above all, is looked for again after this time, and ever more rarely. */
const AGAIN_SECONDS = 10;
const AGAIN_MOST_SECONDS = 3_600;

export interface MoveUse {
  readonly database: Database;
  readonly stores: FileStores;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly events: StoreEvents;
  /** Files that this process found damaged or gone in a move: each is read, and told, once in it. */
  readonly stuck: Set<string>;
}

/** Moves files to the current store, one slice of time at a time, until no other store has any. */
export function moveJob(given: Omit<MoveUse, 'stuck'>): JobHandler {
  const use: MoveUse = { ...given, stuck: new Set() };
  return async (payload) => {
    const step = payload as MoveStep; // written by `enqueueStep`
    if ((await findStoreVersion(use.database)) !== step.version) return async () => undefined;
    await use.stores.refresh();
    const [target, ...others] = await use.stores.inUse();
    if (!target || others.length === 0) return async () => undefined;
    try {
      const next = await moveSlice(use, step, { target, others });
      await clearTroubles(use.database, target.id);
      return (tx) => (next ? enqueueStep(tx, next.step, next.inSeconds) : Promise.resolve());
    } catch (error) {
      // Another move has begun meanwhile, and may have met this one: its troubles are none any more.
      if ((await findStoreVersion(use.database)) !== step.version) return async () => undefined;
      await noteTrouble(use.database, target, error);
      await goBackIfRefused(use, target);
      throw error;
    }
  };
}

interface Between {
  readonly target: OpenStore;
  readonly others: readonly OpenStore[];
}

/** @returns what is to do after this slice; null: nothing, everything is where it belongs */
async function moveSlice(
  use: MoveUse,
  step: MoveStep,
  { target, others }: Between,
): Promise<{ readonly step: MoveStep; readonly inSeconds: number } | null> {
  const until = performance.now() + SLICE_MS;
  let { after } = step;
  // A pass goes on in the store in which its last slice ended.
  const begun = Math.max(
    0,
    others.findIndex(({ id }) => id === step.from),
  );
  if (others[begun]?.id !== step.from) after = '';
  for (const from of others.slice(begun)) {
    for (;;) {
      const objects = await listMovable(use.database, from.id, { after, most: FILES_AT_ONCE });
      if (objects.length === 0) break;
      // All are waited for, so that none goes on after its job has ended.
      const ended = await Promise.allSettled(objects.map((object) => moveObject(use, object, { from, target, version: step.version })));
      const failure = ended.find(({ status }) => status === 'rejected');
      if (failure?.status === 'rejected') throw failure.reason;
      after = objects.at(-1)?.id ?? after;
      if (performance.now() >= until) return { step: { ...step, from: from.id, after }, inSeconds: 0 };
    }
    after = '';
  }
  for (const { id } of others) {
    if (!(await hasObjects(use.database, id))) continue;
    return { step: nextPass(step), inSeconds: Math.min(AGAIN_SECONDS * 2 ** step.pass, AGAIN_MOST_SECONDS) };
  }
  return null;
}

async function moveObject(
  { database, clock, events, stuck }: MoveUse,
  object: MovableObject,
  { from, target, version }: { readonly from: OpenStore; readonly target: OpenStore; readonly version: number },
): Promise<void> {
  const mark = `${version} ${object.id}`;
  if (stuck.has(mark)) return;
  const outcome = await copyObject(from.store, target.store, object);
  if (outcome === 'COPIED') {
    await database.transaction((tx) => noteMoved(tx, { object, from: from.id, to: target.id, version, now: clock.now() }));
    return;
  }
  stuck.add(mark);
  // What was deleted meanwhile needs no place.
  if (!(await isMovable(database, from.id, object.id))) return;
  const subject = await findObjectSubject(database, object.id);
  const detail =
    outcome === 'MISSING' ? `Not in ${from.place}, so it could not be moved.` : `Damaged in ${from.place}, so it was not moved.`;
  await database.transaction((tx) =>
    events.record(tx, { kind: 'FAILED', objectKey: object.objectKey, size: object.size, detail, ...subject }),
  );
}
