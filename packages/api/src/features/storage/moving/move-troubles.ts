import type { Database } from '../../../database/database.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { firstCharacters } from '../../../kernel/text/first-characters.js';
import type { FileStores, OpenStore } from '../../../storage/stores/file-stores.js';
import { SavedStore } from '../../../storage/stores/saved-store.entity.js';
import { lockStores } from '../../../storage/stores/saved-stores.js';
import { StorageFault, type StorageFaultReason } from '../../../storage/storage-fault.js';
import { askForMove } from './move-step.js';

/** A store that refuses us so often in a row has changed its mind: files stay where they were. */
const REFUSALS_MAX_COUNT = 4;
const REFUSALS: ReadonlySet<StorageFaultReason> = new Set(['DENIED', 'NO_BUCKET', 'FULL']);
const PROBLEM_LENGTH = 500;

const WHY: Readonly<Partial<Record<StorageFaultReason, string>>> = {
  DENIED: 'it refuses our key',
  NO_BUCKET: 'the bucket is gone',
  FULL: 'it is full',
  UNREACHABLE: 'it does not answer',
  CLOCK: 'its clock and ours differ too much',
};

/** What the operator reads of a fault; its details are in the log. */
function sentenceOf(error: unknown, place: string): string {
  const fault = faultOf(error);
  const why = fault === null ? 'something failed, which the log has' : (WHY[fault.reason] ?? fault.summary.replace(/\.$/, ''));
  return firstCharacters(`Moving files to ${place} is held up: ${why}; it is tried again by itself.`, PROBLEM_LENGTH);
}

/** The fault of a store that is the cause of an error; null: it is another one. */
function faultOf(error: unknown): StorageFault | null {
  const cause = error instanceof Error ? error.cause : null;
  return error instanceof StorageFault ? error : cause instanceof StorageFault ? cause : null;
}

/** Writes down what a move has met. */
export async function noteTrouble(database: Database, target: OpenStore, error: unknown): Promise<void> {
  const problem = sentenceOf(error, target.place);
  await database.transaction((tx) =>
    tx.execute('UPDATE object_store SET problem = ?, failures = failures + 1 WHERE id = ?', [problem, target.id]),
  );
}

/** All is well again. */
export async function clearTroubles(database: Database, storeId: string): Promise<void> {
  await database.transaction((tx) =>
    tx.execute('UPDATE object_store SET problem = NULL, failures = 0 WHERE id = ? AND failures > 0', [storeId]),
  );
}

/** Makes the store before current again where the new one keeps refusing us: what was moved comes back, and uploads go on. */
export async function goBackIfRefused(
  { database, stores, audit }: { readonly database: Database; readonly stores: FileStores; readonly audit: Audit },
  target: OpenStore,
): Promise<void> {
  // Where the environment gives the store, nobody else changes it.
  const refusal = stores.isFixed ? null : await refusalOf(target);
  if (refusal === null) return;
  await database.transaction(async (tx) => {
    const base = await lockStores(tx);
    const row = await tx.manager.findOneByOrFail(SavedStore, { id: target.id });
    if (!row.isCurrent || row.failures < REFUSALS_MAX_COUNT || row.cameFrom === null) return;
    const version = base.lockVersion + 1;
    const back = await stores.find(row.cameFrom);
    const sentence = `Files stay in ${back?.place ?? 'the store before'}, because ${target.place} refused them: ${WHY[refusal] ?? 'it failed'}.`;
    const problem = firstCharacters(sentence, PROBLEM_LENGTH);
    await tx.execute('UPDATE object_store SET is_current = 0, came_from = NULL WHERE id = ?', [target.id]);
    await tx.execute('UPDATE object_store SET is_current = 1, came_from = NULL, problem = ?, failures = 0 WHERE id = ?', [
      problem,
      row.cameFrom,
    ]);
    await tx.execute('UPDATE object_store SET lock_version = ? WHERE id = ?', [version, base.id]);
    await askForMove(tx, version);
    const entry = { action: 'store.goBack', subjectType: 'store', subjectId: 'store' } as const;
    await audit.recordBySystem(tx, { ...entry, before: { store: target.place }, after: { store: back?.place ?? row.cameFrom } });
  });
  await stores.refresh();
}

/** Why a store does not take our files; null: it does, or cannot be asked. */
async function refusalOf({ store }: OpenStore): Promise<StorageFaultReason | null> {
  try {
    await store.tryOut();
    return null;
  } catch (error) {
    const reason = faultOf(error)?.reason;
    return reason && REFUSALS.has(reason) ? reason : null;
  }
}
