import type { Database } from '../../database/database.js';
import type { Log } from '../../kernel/log.js';
import { StorageFault } from '../storage-fault.js';
import type { ObjectStore } from '../object-store.js';
import { findOwnClaim, getOwnClaim } from './claim-rows.js';
import { judgeClaim, printClaim, readClaim, type OwnClaim, type StoreClaim } from './store-claim.js';
import { hasReadyFiles, isFilled, sampleFiles } from './store-files.js';
import { StoreRefused, type StoreFindings, type StorePlaces, type StoreRefusalReason } from './store-refusal.js';

export interface Examined {
  readonly database: Database;
  /** Which of the database's stores it is; the base store when absent. */
  readonly storeId?: string;
  readonly store: ObjectStore;
  readonly places: StorePlaces;
  readonly log: Log;
}

/** `OURS`: marked as such. `NEW`: empty on both sides. `UNMARKED`: nothing says whose it is, and our files are there. */
export type StoreOwnership = 'OURS' | 'NEW' | 'UNMARKED';

/** Whether database and store belong together, by the table of DESIGN.md, section 9.1; writes nothing. @throws StoreRefused; StorageFault when the store cannot be asked */
export async function judgeStore(use: Omit<Examined, 'log'>): Promise<StoreOwnership> {
  const { own, found } = await readBoth(use);
  if (found) {
    requireExplained(use, own, found);
    return 'OURS';
  }
  const [isStoreFilled, isDatabaseFilled] = await Promise.all([isFilled(use.store), hasReadyFiles(use)]);
  if (!isStoreFilled && isDatabaseFilled) refuseStore(use, 'EMPTY_STORE', own);
  if (isStoreFilled && !isDatabaseFilled) refuseStore(use, 'UNKNOWN_FILES', own);
  if (!isStoreFilled) return 'NEW';
  const sample = await sampleFiles(use);
  if (sample.present < sample.checked) refuseStore(use, 'FILES_DIFFER', own, sample);
  return 'UNMARKED';
}

/** As `judgeStore`; marks a store that nobody has marked as this installation's. */
export async function examineStore(use: Examined): Promise<void> {
  const ownership = await judgeStore(use);
  if (ownership === 'OURS') return;
  await writeOwnClaim(use).catch((error: unknown) => {
    // The files are ours, and only deleting makes room for the mark: the next raise writes it.
    if (ownership !== 'UNMARKED' || !(error instanceof StorageFault) || error.reason !== 'FULL') throw error;
  });
  if (ownership === 'UNMARKED')
    use.log.warn(
      `Nothing in ${use.places.store} said whose files they are. Those of this database were looked for and found, so it is marked as this installation's now.`,
    );
}

/** The store is read first: its claim is never ahead of what its own database says afterwards. */
export async function readBoth(use: Pick<Examined, 'store' | 'database' | 'storeId'>): Promise<{
  readonly own: OwnClaim | null;
  readonly found: StoreClaim | null;
}> {
  const text = await use.store.readClaim();
  return { own: await findOwnClaim(use), found: text === null ? null : readClaim(text) };
}

/** Throws unless the database explains what the store says. @throws StoreRefused */
export function requireExplained(use: Pick<Examined, 'places'>, own: OwnClaim | null, found: StoreClaim): void {
  const verdict = judgeClaim(own, found);
  if (verdict === 'OTHER_INSTALLATION' || verdict === 'OTHER_CLAIM') refuseStore(use, verdict, own, { found });
}

/** Writes id and claim of this database into its store. */
export async function writeOwnClaim(use: Pick<Examined, 'database' | 'store' | 'storeId'>): Promise<void> {
  await use.store.writeClaim(printClaim(await getOwnClaim(use)));
}

function refuseStore(
  { places }: Pick<Examined, 'places'>,
  reason: StoreRefusalReason,
  own: OwnClaim | null,
  more: Partial<Pick<StoreFindings, 'checked' | 'present'>> & { readonly found?: StoreClaim } = {},
): never {
  const { found, checked = 0, present = 0 } = more;
  throw new StoreRefused(reason, places, {
    ownId: own?.installationId ?? null,
    foundId: found?.installationId ?? null,
    ownClaim: own?.claim ?? 0,
    foundClaim: found?.claim ?? 0,
    checked,
    present,
  });
}
