import { DOWNLOADABLE_STATUSES } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { keysetClause } from '../../../database/keyset.js';
import { badInput } from '../../../kernel/problem/faults.js';
import type { Page } from '../../../kernel/pagination.js';
import type { Slice } from './list-conditions.js';
import type { ListPlan } from './list-plan.js';
import type { PartsQuery } from './listed-parts.js';
import { readWindow, type FoundPage } from './list-read.js';
import { ALL_PRODUCTS } from '../projection/projection.js';

/** How many products or statuses one request reads at most; the rest is for the next page. */
const MAX_SEGMENTS = 100;

interface SegmentedSort {
  readonly field: string;
  readonly isDescending: boolean;
  readonly page: Page;
  readonly parts: PartsQuery;
}

/** One product or one status: a run of the list with the same first sort key. */
interface Segment {
  /** Where the segment stands among the others, as it goes into a cursor. */
  readonly place: string;
  readonly slice: Slice;
}

/**
 * Sorts by product or by status: the list is the products (by name) or statuses (in the order of a life) one after the
 * other, each newest first. A cursor is the segment's place and the place within it.
 */
export async function readSegments(database: Database, plan: ListPlan, sort: SegmentedSort): Promise<FoundPage> {
  const limit = sort.page.size + 1;
  const [place = null, date = null, id = null] = sort.page.cursor ?? [];
  const segments =
    sort.field === 'PRODUCT'
      ? await productSegments(database, plan, { ...sort, from: place })
      : statusSegments(plan, { ...sort, from: place });
  const entries: FoundPage['entries'][number][] = [];
  for (const segment of segments.slice(0, MAX_SEGMENTS)) {
    const cursor = segment.place === place && date !== null && id !== null ? [date, id] : null;
    const inSegment = planOf(plan, segment.slice);
    // Within a segment the newest stands first, whichever way the segments run.
    const query = {
      column: 'sort_date' as const,
      isDescending: !sort.page.isBackward,
      cursor,
      limit: limit - entries.length,
      parts: sort.parts,
    };
    const result = await readWindow(database, inSegment, query);
    entries.push(...result.entries.map(({ row, place: at, id: entryId }) => ({ row, cursor: [segment.place, at, entryId] })));
    if (entries.length === limit) return { entries, stoppedAt: null };
    if (result.stoppedAt) return { entries, stoppedAt: [segment.place, result.stoppedAt.place, result.stoppedAt.id] };
  }
  const last = segments[MAX_SEGMENTS - 1];
  return { entries, stoppedAt: segments.length > MAX_SEGMENTS && last ? [last.place, sort.page.isBackward ? '9999-12-31' : '', ''] : null };
}

function planOf(plan: ListPlan, slice: Slice): ListPlan {
  const matching = plan.slices.filter((other) => other.status === null || slice.status === null || other.status === slice.status);
  const narrowed = matching.map((other) => ({ productId: slice.productId ?? other.productId, status: slice.status ?? other.status }));
  const unique = new Map(narrowed.map((other) => [`${other.productId} ${other.status}`, other]));
  return { ...plan, slices: [...unique.values()].filter((other) => slice.productId === null || other.productId === slice.productId) };
}

function statusSegments(plan: ListPlan, sort: SegmentedSort & { from: string | null }): Segment[] {
  const all = DOWNLOADABLE_STATUSES.map((status, index) => ({ place: String(index), slice: { productId: null, status } }));
  const wanted = all.filter((segment) => plan.statuses.includes(segment.slice.status));
  if (sort.isDescending) wanted.reverse();
  return wanted.slice(
    Math.max(
      0,
      wanted.findIndex((segment) => segment.place === sort.from),
    ),
  );
}

async function productSegments(database: Database, plan: ListPlan, sort: SegmentedSort & { from: string | null }): Promise<Segment[]> {
  const from = sort.from === null ? null : readPlace(sort.from);
  const keyset = keysetClause({ columns: ['name_key', 'id'], isDescending: sort.isDescending }, from);
  const ids = plan.productIds;
  const among = ids === null ? '1 = 1' : ids.length === 0 ? '1 = 0' : `id IN (${ids.map(() => '?').join(', ')})`;
  // The cursor's own product comes again: it may have more.
  const start = from === null ? '1 = 1' : `((${keyset.where}) OR id = ?)`;
  const used = `EXISTS (SELECT 1 FROM downloadable_counter c WHERE c.product_id = product.id AND c.product_id <> '${ALL_PRODUCTS}' AND c.total > 0)`;
  const rows = await database.query<{ id: string; name_key: string }>(
    `SELECT id, name_key FROM product WHERE ${start} AND ${among} AND ${used} ORDER BY ${keyset.orderBy} LIMIT ?`,
    [...keyset.parameters, ...(from === null ? [] : [String(from[1])]), ...(ids ?? []), MAX_SEGMENTS + 1],
  );
  return rows.map((row) => ({ place: JSON.stringify([row.name_key, row.id]), slice: { productId: row.id, status: null } }));
}

/** Name and id of a product, as `place` holds them. @throws PublicFault BAD_USER_INPUT for a place that was made up */
function readPlace(place: string): readonly [string, string] {
  try {
    const [nameKey, id, ...rest] = JSON.parse(place) as readonly unknown[];
    if (typeof nameKey === 'string' && typeof id === 'string' && rest.length === 0) return [nameKey, id];
  } catch {
    // Not ours: refused below.
  }
  throw badInput('This cursor is not one of ours: take after and before from pageInfo or an edge.');
}
