import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import {
  encodeCursor,
  readPage,
  type Connection,
  type CursorOrder,
  type CursorValue,
  type Page,
  type TotalCount,
} from '../../../kernel/pagination.js';
import { countList } from './list-count.js';
import { planList, type ListPlan } from './list-plan.js';
import { readWindow, type FoundPage } from './list-read.js';
import { readSegments } from './list-segments.js';
import type { Entry, SortColumn } from './list-window.js';
import { NO_PARTS, partsQuery, type PartsQuery } from './listed-parts.js';
import type { Downloadable } from '../downloadable.entity.js';
import type { DownloadableListArgs, DownloadableSort } from './downloadable-list.inputs.js';

/** Of a list whose count nobody asked for. */
const NOT_COUNTED: TotalCount = { totalCount: 0, totalCountCapped: false };
const DEFAULT_SORT: DownloadableSort = { field: 'RELEASE_DATE', direction: 'DESC' };
const COLUMNS: Readonly<Record<string, SortColumn>> = { VERSION: 'version_key', RELEASE_DATE: 'sort_date', CREATED_AT: 'created_at' };

/** Lists downloadables: along an index, never by OFFSET, never more than a page and a bounded window. */
export class DownloadableList {
  constructor(private readonly database: Database) {}

  /** @param wanted what the releases are to bring along; where nothing is said, the count alone */
  async list(context: RequestContext, args: DownloadableListArgs, wanted = NO_PARTS): Promise<Connection<Downloadable>> {
    const sort = args.sort ?? DEFAULT_SORT;
    const page = readPage(args, orderOf(sort));
    const plan = await planList(this.database, context.actor, args.filter ?? {});
    // A list that is read in one piece brings its count along.
    const counted = wanted.total && COLUMNS[sort.field] !== undefined && plan.slices.length > 0 ? plan.counted : null;
    const parts = partsQuery(this.database, wanted, counted);
    const [found, total] = await Promise.all([
      this.#read(plan, { sort, page, parts }),
      wanted.total && !counted ? countList(this.database, plan) : NOT_COUNTED,
    ]);
    return { ...connect(page, found), ...(counted ? await this.#countOf(plan, found) : total) };
  }

  /** A page without releases has no count with it. */
  async #countOf(plan: ListPlan, { total }: FoundPage): Promise<TotalCount> {
    return total === undefined ? countList(this.database, plan) : { totalCount: total, totalCountCapped: false };
  }

  async #read(plan: ListPlan, asked: { sort: DownloadableSort; page: Page; parts: PartsQuery }): Promise<FoundPage> {
    const { sort, page, parts } = asked;
    const isDescending = (sort.direction === 'DESC') !== page.isBackward;
    const column = COLUMNS[sort.field];
    if (column === undefined) return readSegments(this.database, plan, { field: sort.field, isDescending, page, parts });
    const result = await readWindow(this.database, plan, { column, isDescending, cursor: page.cursor, limit: page.size + 1, parts });
    return {
      ...result,
      entries: result.entries.map((entry) => ({ row: entry.row, cursor: cursorOf(entry) })),
      stoppedAt: result.stoppedAt && cursorOf(result.stoppedAt),
    };
  }
}

function connect(page: Page, found: FoundPage): Omit<Connection<Downloadable>, 'totalCount' | 'totalCountCapped'> {
  const hasMore = found.entries.length > page.size || found.stoppedAt !== null;
  const kept = found.entries.slice(0, page.size);
  // A window that ended early is continued where it ended, not at its last match.
  const farEnd = found.entries.length > page.size ? kept.at(-1)?.cursor : (found.stoppedAt ?? kept.at(-1)?.cursor);
  if (page.isBackward) kept.reverse();
  const edges = kept.map(({ row: node, cursor }) => ({ node, cursor: encodeCursor(page.order, cursor) }));
  const nearEnd = page.isBackward ? edges.at(-1)?.cursor : edges[0]?.cursor;
  const far = farEnd ? encodeCursor(page.order, farEnd) : null;
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.isBackward ? page.cursor !== null : hasMore,
      hasPreviousPage: page.isBackward ? hasMore : page.cursor !== null,
      startCursor: page.isBackward ? far : (nearEnd ?? null),
      endCursor: page.isBackward ? (nearEnd ?? null) : far,
    },
  };
}

const cursorOf = (entry: Entry): readonly CursorValue[] => [entry.place, entry.id];

/** A cursor is the place and the id; sorted by product or status also the segment it lies in. */
const orderOf = ({ field, direction }: DownloadableSort): CursorOrder => ({
  name: `downloadable ${field} ${direction}`,
  width: COLUMNS[field] === undefined ? 3 : 2,
});
