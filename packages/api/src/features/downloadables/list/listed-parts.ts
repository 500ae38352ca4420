import type { Distribution, VersionScheme } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { readingOf, type EntityReading } from '../../../database/entity-rows.js';
import type { SqlValue } from '../../../database/transaction.js';
import type { Selection } from '../../../kernel/selection.js';
import type { Product } from '../../products/product.entity.js';
import { Downloadable } from '../downloadable.entity.js';
import { filesOf, filesSql, type ListedFile } from '../projection/listed-files.js';
import { counterSum } from './list-counters.js';
import type { Slice } from './list-conditions.js';

/** What a list answers of each product without asking for it by itself. */
export type ListedProduct = Pick<Product, 'id' | 'slug' | 'name' | 'versionScheme' | 'distribution'>;

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
const PRODUCT_FIELDS: ReadonlySet<string> = new Set(['__typename', 'id', 'slug', 'name', 'versionScheme', 'distribution']);

/** Properties of a release that nothing but a field of the same name shows. */
const SHOWN_ALONE: ReadonlySet<keyof Downloadable> = new Set<keyof Downloadable>([
  'name',
  'summary',
  'isSecurityFix',
  'changelogExcerpt',
  'publishedAt',
  'createdAt',
  'updatedAt',
  'lockVersion',
  'publishWhenReady',
  'publishAt',
  'scheduleFailure',
  'assetCount',
  'platforms',
  'countedStatus',
]);
/** Fields that need none of these. Whatever is in neither list gets releases that are whole. */
const NEEDS_NONE: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'version',
  'channel',
  'status',
  'releaseDate',
  'product',
  'assets',
  'access',
  'withdrawal',
]);

/** What a request wants of a list beside its releases. */
export interface WantedParts {
  /** What of the releases nobody will look at. */
  readonly omitted: ReadonlySet<keyof Downloadable>;
  readonly product: boolean;
  readonly files: boolean;
  readonly total: boolean;
}

export const NO_PARTS: WantedParts = { omitted: new Set(), product: false, files: false, total: true };

/** @param selection of a connection of downloadables */
export function wantedParts(selection: Selection): WantedParts {
  const rows = [selection.below('nodes'), selection.below('edges', 'node')];
  const asked = (field: string): readonly Selection[] => rows.map((row) => row.below(field)).filter(({ size }) => size > 0);
  const [products, files] = [asked('product'), asked('assets')];
  // Who may download a release is decided by its product, whether that is shown or not.
  const isJudged = rows.some((row) => row.has('access'));
  return {
    omitted: omittedBy(new Set(rows.flatMap(({ names }) => names))),
    product: (isJudged || products.length > 0) && products.every((fields) => fields.isWithin(PRODUCT_FIELDS)),
    files: files.length > 0 && files.every((fields) => fields.isWithin(FILE_FIELDS)),
    total: selection.has('totalCount') || selection.has('totalCountCapped'),
  };
}

function omittedBy(names: ReadonlySet<string>): ReadonlySet<keyof Downloadable> {
  const known: ReadonlySet<string> = SHOWN_ALONE;
  if ([...names].some((name) => !NEEDS_NONE.has(name) && !known.has(name))) return NO_PARTS.omitted;
  return new Set([...SHOWN_ALONE].filter((property) => !names.has(property)));
}

const parts = new WeakMap<Downloadable, ListedParts>();

/** What came with a release that a list has read. */
export const listedProduct = (row: Downloadable): ListedProduct | null => parts.get(row)?.product ?? null;
export const listedFiles = (row: Downloadable): readonly ListedFile[] | null => parts.get(row)?.files ?? null;

/** SQL that adds the wanted parts to a SELECT of `downloadable r`, and what reads them. */
export interface PartsQuery {
  /** How the releases themselves are read. */
  readonly release: EntityReading<Downloadable>;
  readonly columns: string;
  /** Of the columns. */
  readonly parameters: readonly SqlValue[];
  /** Keeps what came with a release. */
  readonly keep: (release: Downloadable, row: Readonly<Record<string, unknown>>) => void;
}

/** @param counted slices whose exact count is wanted: it comes as `total` with every row; null: none is */
export function partsQuery(database: Database, wanted: WantedParts, counted: readonly Slice[] | null): PartsQuery {
  const sum = counted ? counterSum(counted) : null;
  const columns = [
    ...(wanted.product ? [PRODUCT] : []),
    ...(wanted.files ? [filesSql(database.dialect)] : []),
    ...(sum ? [`(${sum.sql}) AS total`] : []),
  ];
  return {
    release: readingOf(database, Downloadable).without(wanted.omitted),
    columns: columns.map((sql) => `, ${sql}`).join(''),
    parameters: sum?.parameters ?? [],
    keep: (release, row) => {
      if (!wanted.product && !wanted.files) return;
      parts.set(release, {
        product: wanted.product ? productOf(row['product'], release.productId) : null,
        files: wanted.files ? filesOf(row['files'], shownRevision(release)) : null,
      });
    },
  };
}

/** As a value and not by a join: with one MariaDB does not stop at the end of the page, but reads and sorts all of a list first. */
const PRODUCT = `(SELECT CONCAT_WS('/', p.slug, p.version_scheme, p.distribution, p.name) FROM product p WHERE p.id = r.product_id) AS product`;

/** @param value the column; no code has a slash, and the name is last */
function productOf(value: unknown, id: string): ListedProduct {
  const [slug, versionScheme, distribution, ...name] = String(value).split('/') as [string, VersionScheme, Distribution, ...string[]]; // made by PRODUCT
  return { id, slug, name: name.join('/'), versionScheme, distribution };
}

/** A release with the files of its revision that is shown. */
export interface ReleaseWithFiles {
  readonly row: Downloadable;
  readonly files: readonly ListedFile[];
}

/** A release by its id; null when there is none. Its files stand beside it: the row goes to others, who may want more of them. */
export async function findWithFiles(database: Database, id: string): Promise<ReleaseWithFiles | null> {
  const { columns, make } = readingOf(database, Downloadable);
  const names = columns.map((name) => `r.${name}`).join(', ');
  const [found] = await database.queryPrepared<Readonly<Record<string, unknown>>>(
    `SELECT ${names}, ${filesSql(database.dialect)} FROM downloadable r WHERE r.id = ?`,
    [id],
  );
  if (!found) return null;
  const row = make(found);
  return { row, files: filesOf(found['files'], shownRevision(row)) };
}

const shownRevision = ({ liveRevisionId, draftRevisionId }: Downloadable): string => liveRevisionId ?? draftRevisionId ?? '';
