import type { Database } from '../../../database/database.js';
import type { ListedObject, ListedUpload, ObjectStore } from '../../../storage/object-store.js';
import { BASE_STORE, columnOfStore } from '../../../storage/ownership/object-rows.js';
import type { PresenceChange } from './file-presence.js';
import type { StoredObjectState } from '../stored-object.entity.js';

/** Objects and rows compared at a time, by one statement. */
const PAGE_SIZE = 1_000;
/** Of each kind that nobody knows; more are counted only, so that a foreign bucket fits into memory. Keys are ids: the first are the oldest. */
const NAMED_AT_MOST = 10_000;

/** What a comparison found. Sizes in bytes. */
export interface StoreComparison {
  readonly objects: number;
  readonly bytes: number;
  /** In the store, and no row wants them: never deleted by the program itself. */
  readonly unknownObjects: readonly ListedObject[];
  readonly unknownUploads: readonly ListedUpload[];
  /** How many there are, those without a name above included. */
  /** Copies that a move left behind: nobody's, and known. */
  readonly leftCopies: number;
  readonly unknownCount: { readonly objects: number; readonly uploads: number };
  /** READY, and not in the store or of another size: their row ids. */
  readonly missing: readonly string[];
  /** Missing before, and whole again. */
  readonly healed: readonly string[];
}

interface Row {
  readonly id: string;
  readonly object_key: string;
  readonly store_id: string | null;
  readonly state: StoredObjectState;
  readonly size: number | string | null;
  readonly missing_since: string | Date | null;
}

export interface ComparisonUse {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Which of the database's stores it is; the base store when absent. */
  readonly storeId?: string;
  /** Asks the store for one READY object that looks missing, or is back. */
  readonly check: (storedObjectId: string) => Promise<PresenceChange>;
  /** Told how many objects have been compared. */
  readonly report?: (objects: number) => void;
  /** How many unknown objects and uploads are named. */
  readonly namedAtMost?: number;
}

/** Compares store and rows as two sorted streams: a page of keys against the rows of the same span. */
export async function compareStore(use: ComparisonUse): Promise<StoreComparison> {
  const { namedAtMost = NAMED_AT_MOST, storeId = BASE_STORE } = use;
  const found = { objects: 0, bytes: 0, leftCopies: 0, missing: [] as string[], healed: [] as string[] };
  const unknown = new Named<ListedObject>(namedAtMost);
  for await (const span of spansOf(use.store)) {
    found.objects += span.objects.length;
    found.bytes += span.objects.reduce((sum, { size }) => sum + size, 0);
    const listed = new Map(span.objects.map((object) => [object.objectKey, object]));
    for await (const row of rowsBetween(use.database, span.after, span.upTo)) {
      const object = listed.get(row.object_key);
      listed.delete(row.object_key);
      if (row.state !== 'READY' || row.store_id !== columnOfStore(storeId)) continue;
      const isWhole = object?.size === Number(row.size);
      if (isWhole && row.missing_since === null) continue;
      // The page may be older than the row: only the store itself says that a file is missing.
      const change = await use.check(row.id);
      if (change !== null) found[change].push(row.id);
    }
    const left = await findLeftCopies(use.database, storeId, [...listed.keys()]);
    found.leftCopies += left.size;
    unknown.add([...listed.values()].filter(({ objectKey }) => !left.has(objectKey)));
    use.report?.(found.objects);
  }
  const uploads = await findUnknownUploads(use, namedAtMost);
  const unknownCount = { objects: unknown.count, uploads: uploads.count };
  return { ...found, unknownObjects: unknown.first, unknownUploads: uploads.first, unknownCount };
}

/** The first of many, and how many there were. */
class Named<T> {
  readonly first: T[] = [];
  count = 0;

  constructor(private readonly most: number) {}

  add(items: readonly T[]): void {
    this.count += items.length;
    this.first.push(...items.slice(0, this.most - this.first.length));
  }
}

interface Span {
  readonly objects: readonly ListedObject[];
  readonly after: string;
  /** Null: to the end. */
  readonly upTo: string | null;
}

async function* spansOf(store: ObjectStore): AsyncGenerator<Span> {
  let after = '';
  let objects: ListedObject[] = [];
  for await (const object of store.listObjects('PATIENT')) {
    objects.push(object);
    if (objects.length < PAGE_SIZE) continue;
    yield { objects, after, upTo: object.objectKey };
    after = object.objectKey;
    objects = [];
  }
  yield { objects, after, upTo: null };
}

async function* rowsBetween(database: Database, after: string, upTo: string | null): AsyncGenerator<Row> {
  const end = upTo === null ? '' : 'AND object_key <= ?';
  for (let from = after; ;) {
    const rows = await database.query<Row>(
      `SELECT id, object_key, store_id, state, size, missing_since FROM stored_object WHERE object_key > ? ${end} ORDER BY object_key LIMIT ${PAGE_SIZE}`,
      upTo === null ? [from] : [from, upTo],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    from = last.object_key;
  }
}

/** Which of some keys stand for what a move left in a store. */
async function findLeftCopies(database: Database, storeId: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await database.query<{ object_key: string }>(
    `SELECT object_key FROM left_copy WHERE store_id = ? AND object_key IN (${keys.map(() => '?').join(', ')})`,
    [storeId, ...keys],
  );
  return new Set(rows.map((row) => row.object_key));
}

/** Open uploads of which no row knows. Without an upload id a row is younger than its upload, whose id is about to be written. */
async function findUnknownUploads({ database, store }: ComparisonUse, most: number): Promise<Named<ListedUpload>> {
  const unknown = new Named<ListedUpload>(most);
  let page: ListedUpload[] = [];
  const sift = async (): Promise<void> => {
    if (page.length === 0) return;
    const rows = await database.query<{ object_key: string; upload_id: string | null }>(
      `SELECT object_key, upload_id FROM stored_object WHERE object_key IN (${page.map(() => '?').join(', ')})`,
      page.map(({ objectKey }) => objectKey),
    );
    const known = new Map(rows.map((row) => [row.object_key, row.upload_id]));
    unknown.add(page.filter(({ objectKey, uploadId }) => !known.has(objectKey) || (known.get(objectKey) ?? uploadId) !== uploadId));
    page = [];
  };
  for await (const upload of store.listUploads(undefined, 'PATIENT')) {
    page.push(upload);
    if (page.length === PAGE_SIZE) await sift();
  }
  await sift();
  return unknown;
}
