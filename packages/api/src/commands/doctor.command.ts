import { formatBytes } from '@slipway/shared';
import { viewFoundation, type Foundation } from '../app/foundation/foundation.js';
import { FilePresence } from '../features/assets/presence/file-presence.js';
import { compareStore, type StoreComparison } from '../features/assets/presence/store-comparison.js';
import { removeUnknown, unknownToRemove, UNKNOWN_KEPT_DAYS } from '../features/assets/presence/unknown-objects.js';
import { judgeStore } from '../storage/ownership/store-examination.js';
import { StoreRefused } from '../storage/ownership/store-refusal.js';
import { storeOf, openStores, placesOf } from './open-stores.js';
import { rememberUnknown } from '../storage/stores/saved-stores.js';
import type { FileStores, OpenStore } from '../storage/stores/file-stores.js';
import type { Command, CommandCall } from './command.js';

/** Names shown of each kind unless all are asked for. */
const SHOWN_MAX_COUNT = 20;
const REPORT_EVERY = 10_000;

/** `doctor`: what store and database know of each other (DESIGN.md, section 9.2). */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Compares the file store with the database: whose it is, what is missing, what nobody knows.',
  description:
    'Says whose files the store has, lists files of the database that are missing, and files and open uploads that no release wants.\n' +
    'Runs beside running servers. Exit code 1: files are missing, or the store belongs to another database.',
  options: {
    fix: `Removes what no release wants and is older than ${UNKNOWN_KEPT_DAYS} days; per run at most 100 objects or 1 %, whichever is more.`,
    'dry-run': 'With --fix: lists what would be removed. Writes nothing, not even which files are missing.',
    all: `Lists every name, not just the first ${SHOWN_MAX_COUNT} of a kind.`,
  },
  async run(call) {
    const foundation = await viewFoundation(call.config, call.webFolder);
    try {
      return await examine(call, foundation);
    } finally {
      await foundation.database.close();
    }
  },
};

async function examine(call: CommandCall, foundation: Foundation): Promise<number> {
  const stores = openStores(foundation);
  const codes: number[] = [];
  for (const open of await stores.inUse()) codes.push(await examineOne(call, { ...foundation, stores }, open));
  return Math.max(...codes);
}

type Opened = Foundation & { readonly stores: FileStores };

async function examineOne(call: CommandCall, foundation: Opened, open: OpenStore): Promise<number> {
  const { print, options } = call;
  const isOurs = await tellOwnership(call, foundation, open);
  const presence = new FilePresence(foundation);
  const isWriting = isOurs && !options.has('dry-run');
  let told = 0;
  const report = (objects: number): void => {
    if (objects - told < REPORT_EVERY) return;
    told = objects;
    print(`  ${objects.toLocaleString('en')} objects compared`);
  };
  const check = (id: string) => (isWriting ? presence.check(id) : presence.peek(id));
  const found = await compareStore({ ...foundation, ...storeOf(open), check, report });
  await tellFindings(call, foundation, found);
  if (options.has('fix') && isOurs) await fix(call, foundation, { found, open });
  else print(summaryOf(found, options.has('fix')));
  return isOurs && found.missing.length === 0 ? 0 : 1;
}

async function tellOwnership({ print }: CommandCall, foundation: Foundation, open: OpenStore): Promise<boolean> {
  const places = placesOf(foundation, open);
  try {
    const ownership = await judgeStore({ ...foundation, ...storeOf(open), places });
    const words = { OURS: 'belongs to', NEW: 'is empty and new, as is', UNMARKED: 'is not marked, but has the files of' } as const;
    print(`Store: ${places.store} ${words[ownership]} ${places.database}.`);
    return true;
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    print(`Store: ${error.message}`);
    return false;
  }
}

async function tellFindings({ print, options }: CommandCall, { database }: Foundation, found: StoreComparison): Promise<void> {
  const left = found.leftCopies > 0 ? `, ${found.leftCopies.toLocaleString('en')} of them copies that a move left behind` : '';
  print(`Files: ${found.objects.toLocaleString('en')} objects, ${formatBytes(found.bytes)}${left}.`);
  const list = (title: string, names: readonly string[]): void => {
    if (names.length === 0) return;
    const shown = options.has('all') ? names : names.slice(0, SHOWN_MAX_COUNT);
    const rest = names.length - shown.length;
    print([title, ...shown.map((name) => `  ${name}`), ...(rest > 0 ? [`  ... and ${rest} more; --all lists them`] : [])].join('\n'));
  };
  list(`Missing from the store: ${found.missing.length}`, await namesOf(database, found.missing));
  list(`Back in the store: ${found.healed.length}`, await namesOf(database, found.healed));
  list(
    `Objects that no release wants: ${found.unknownCount.objects}`,
    found.unknownObjects.map(({ objectKey, size, changedAt }) => `${objectKey}  ${formatBytes(size)}  ${changedAt.toISOString()}`),
  );
  list(
    `Open uploads that no release wants: ${found.unknownCount.uploads}`,
    found.unknownUploads.map(({ objectKey, startedAt }) => `${objectKey}  ${startedAt.toISOString()}`),
  );
}

/** Which files of which releases stand on some stored objects. */
async function namesOf(database: Foundation['database'], storedObjectIds: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of storedObjectIds) {
    const rows = await database.query<{ name: string; version: string; file_name: string }>(
      `SELECT p.name, d.version, a.file_name FROM asset a JOIN revision r ON r.id = a.revision_id
       JOIN downloadable d ON d.id = r.downloadable_id JOIN product p ON p.id = d.product_id WHERE a.stored_object_id = ? ORDER BY a.id`,
      [id],
    );
    const [first] = rows;
    if (first) names.push(`${first.name} ${first.version}  ${first.file_name}${rows.length > 1 ? `  (and ${rows.length - 1} more)` : ''}`);
  }
  return names;
}

async function fix(
  { print, options }: CommandCall,
  foundation: Foundation,
  { found, open }: { readonly found: StoreComparison; readonly open: OpenStore },
): Promise<void> {
  const removable = unknownToRemove(found, foundation.clock.now());
  const kept = removable.left > 0 ? ` ${removable.left} more are old enough; run it again for the next ones.` : '';
  if (options.has('dry-run')) {
    for (const { objectKey } of [...removable.objects, ...removable.uploads]) print(`  would remove ${objectKey}`);
    print(`${removable.objects.length} objects and ${removable.uploads.length} open uploads would be removed.${kept} Nothing was changed.`);
    return;
  }
  // The comparison may have taken long: whose store it is, is asked again.
  await judgeStore({ ...foundation, ...storeOf(open), places: placesOf(foundation, open) });
  const removed = await removeUnknown({ ...foundation, ...storeOf(open) }, removable, (objectKey) => print(`  removed ${objectKey}`));
  print(`${removed.objects} objects and ${removed.uploads} open uploads were removed.${kept}`);
  const left = found.unknownCount.objects + found.unknownCount.uploads - removed.objects - removed.uploads;
  await foundation.database.transaction((tx) => rememberUnknown(tx, open.id, left));
}

function summaryOf({ unknownCount, missing }: StoreComparison, wasFixAsked: boolean): string {
  const unknown = unknownCount.objects + unknownCount.uploads;
  if (wasFixAsked) return 'Nothing was removed: the store does not belong to this database.';
  if (unknown + missing.length === 0) return 'Store and database agree. Nothing was changed.';
  const hint = unknown > 0 ? ` "slipway doctor --fix --dry-run" shows what would be removed.` : '';
  return `${missing.length} files are missing, ${unknown} objects and uploads are not known. Nothing was removed.${hint}`;
}
