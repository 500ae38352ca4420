import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { joinedReading, readingOf } from '../../../database/entity-rows.js';
import type { Dialect, SqlValue } from '../../../database/transaction.js';
import { below, isWithin, type Selection } from '../../../kernel/selection.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import { Product } from '../../products/product.entity.js';
import { Downloadable } from '../downloadable.entity.js';
import { counterSum } from './list-counters.js';
import type { Slice } from './list-conditions.js';

/** What a list answers of each file without asking for it by itself. */
export type ListedFile = Pick<
  StoredAsset,
  'id' | 'revisionId' | 'fileName' | 'type' | 'platform' | 'architecture' | 'size' | 'sha256' | 'state'
>;

/** Likewise of each product: all but its texts. */
export type ListedProduct = Omit<Product, 'description' | 'nameKey'>;

/** What the page of a list brings beside its releases, so that it need not be asked for by itself. */
interface ListedParts {
  readonly product: ListedProduct | null;
  readonly files: readonly ListedFile[] | null;
}

/** Fields that `ListedFile` and `ListedProduct` answer; whoever selects others has them loaded. */
const FILE_FIELDS: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'fileName',
  'type',
  'platform',
  'architecture',
  'size',
  'sha256',
  'state',
  'downloadUrl',
]);
const PRODUCT_FIELDS: ReadonlySet<string> = new Set(['__typename', 'id', 'slug', 'name', 'versionScheme', 'distribution', 'archivedAt']);

/** What a request wants of a list beside its releases. */
export interface WantedParts {
  readonly product: boolean;
  readonly files: boolean;
  readonly total: boolean;
}

export const NO_PARTS: WantedParts = { product: false, files: false, total: true };

/** @param selection of a connection of downloadables */
export function wantedParts(selection: Selection): WantedParts {
  const rows = [below(selection, 'nodes'), below(selection, 'edges', 'node')];
  const asked = (field: string): readonly Selection[] => rows.map((row) => below(row, field)).filter(({ size }) => size > 0);
  const [products, files] = [asked('product'), asked('assets')];
  // Who may download a release is decided by its product, whether that is shown or not.
  const isJudged = rows.some((row) => row.has('access'));
  return {
    product: (isJudged || products.length > 0) && products.every((fields) => isWithin(fields, PRODUCT_FIELDS)),
    files: files.length > 0 && files.every((fields) => isWithin(fields, FILE_FIELDS)),
    total: selection.has('totalCount') || selection.has('totalCountCapped'),
  };
}

const parts = new WeakMap<Downloadable, ListedParts>();

/** What came with a release that a list has read. */
export const listedProduct = (row: Downloadable): ListedProduct | null => parts.get(row)?.product ?? null;
export const listedFiles = (row: Downloadable): readonly ListedFile[] | null => parts.get(row)?.files ?? null;

/** SQL that adds the wanted parts to a SELECT of `downloadable r`, and what reads them. */
export interface PartsQuery {
  readonly columns: string;
  readonly joins: string;
  /** Of the columns. */
  readonly parameters: readonly SqlValue[];
  /** Keeps what came with a release. */
  readonly keep: (release: Downloadable, row: Readonly<Record<string, unknown>>) => void;
}

/** @param counted slices whose exact count is wanted: it comes as `total` with every row; null: none is */
export function partsQuery(database: Database, wanted: WantedParts, counted: readonly Slice[] | null): PartsQuery {
  const product = wanted.product ? joinedReading(database, Product, { alias: 'p', omitted: ['description', 'nameKey'] }) : null;
  const sum = counted ? counterSum(counted) : null;
  const columns = [
    ...(product ? ['listed.*'] : []),
    ...(wanted.files ? [filesSql(database.dialect)] : []),
    ...(sum ? [`(${sum.sql}) AS total`] : []),
  ];
  return {
    columns: columns.map((sql) => `, ${sql}`).join(''),
    // Its columns have names of their own: those of the releases stand alone in conditions and orders.
    joins: product ? ` JOIN (SELECT ${product.select} FROM product p) AS listed ON listed.p_id = r.product_id` : '',
    parameters: sum?.parameters ?? [],
    keep: (release, row) => {
      if (!product && !wanted.files) return;
      parts.set(release, {
        product: product ? product.make(row) : null,
        files: wanted.files ? filesOf(row['files'], release.liveRevisionId ?? release.draftRevisionId ?? '') : null,
      });
    },
  };
}

/** A release by its id, with its files; null when there is none. */
export async function findWithFiles(database: Database, id: string): Promise<Downloadable | null> {
  const { columns, make } = readingOf(database, Downloadable);
  const parts = partsQuery(database, { product: false, files: true, total: false }, null);
  const names = columns.map((name) => `r.${name}`).join(', ');
  const [found] = await database.query<Readonly<Record<string, unknown>>>(
    `SELECT ${names}${parts.columns} FROM downloadable r WHERE r.id = ?`,
    [id],
  );
  if (!found) return null;
  const row = make(found);
  parts.keep(row, found);
  return row;
}

/** Files without a place of their own come after those with one (`stored-asset.ts`). */
const LAST_POSITION = 2_147_483_647;
/** The files of the revision that a list shows, as JSON in the order of `FileColumns`: MySQL puts no order on the files. */
function filesSql(dialect: Dialect): string {
  const [list, each] = dialect === 'sqlite' ? ['json_group_array', 'json_array'] : ['JSON_ARRAYAGG', 'JSON_ARRAY'];
  return `(SELECT ${list}(${each}(COALESCE(a.position, ${LAST_POSITION}), a.id, a.file_name, a.type, a.platform, a.architecture,
    COALESCE(o.size, o.declared_size, a.external_size), COALESCE(o.sha256, a.external_sha256), COALESCE(o.state, 'READY')))
  FROM asset a LEFT JOIN stored_object o ON o.id = a.stored_object_id
  WHERE a.revision_id = COALESCE(r.live_revision_id, r.draft_revision_id)) AS files`;
}

type FileColumns = readonly [
  position: number,
  id: string,
  fileName: string,
  type: AssetType,
  platform: Platform,
  architecture: Architecture | null,
  size: number,
  sha256: string | null,
  state: AssetState,
];

/** @param value the column: a text, or on MySQL what the driver made of it; null: there are no files */
function filesOf(value: unknown, revisionId: string): ListedFile[] {
  const rows = (typeof value === 'string' ? JSON.parse(value) : (value ?? [])) as FileColumns[]; // made by FILES
  const ordered = rows.toSorted((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1));
  return ordered.map(([, id, fileName, type, platform, architecture, size, sha256, state]) => ({
    id,
    revisionId,
    fileName,
    type,
    platform,
    architecture,
    size,
    sha256,
    state,
  }));
}
