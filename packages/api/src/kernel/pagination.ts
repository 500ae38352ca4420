import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Access } from './access.js';
import { badInput } from './problem/faults.js';
import { LIMITS } from './limits/limits.js';
import { faultOfText } from './text/storable-text.js';

/** Entries of a page when the caller does not say. */
export const DEFAULT_PAGE_SIZE = 25;
/** Counts that no counter row keeps stop here (DESIGN.md, section 6). */
export const COUNT_CAP = 1_000;

@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, { nullable: true, description: 'The number of entries to return, 1 to 100. Defaults to 25.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to start after.' })
  after?: string | null;
}

@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, { nullable: true, description: 'The number of entries to return from the end of the list, 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to end before.' })
  before?: string | null;
}

/** What is listed and in which order, as cursors carry it: one of another order would skip entries or repeat them. */
export interface CursorOrder {
  readonly name: string;
  /** How many values a place in the order has. */
  readonly width: number;
}

/** A checked request for one page. `isBackward` pages run from `before` towards the start. */
export interface Page {
  readonly size: number;
  readonly cursor: readonly CursorValue[] | null;
  readonly isBackward: boolean;
  readonly order: CursorOrder;
}

export type CursorValue = string;

/** Checks paging arguments. @throws PublicFault BAD_USER_INPUT, also for the cursor of another order */
export function readPage(args: PageArgs, order: CursorOrder): Page {
  const isBackward = args.last != null || (args.before != null && args.first == null);
  if (args.first != null && args.last != null) throw badInput('Give first or last, not both.');
  if (isBackward && args.after != null) throw badInput('Use after with first, and before with last.');
  if (!isBackward && args.before != null) throw badInput('Use after with first, and before with last.');
  const size = (isBackward ? args.last : args.first) ?? DEFAULT_PAGE_SIZE;
  const problem = checkPageSize(size);
  if (problem !== null) throw badInput(problem);
  const text = isBackward ? args.before : args.after;
  return { size, isBackward, order, cursor: text == null ? null : decodeCursor(text, order) };
}

/** What is wrong with a page size, in one sentence; null when it may be asked for. */
export function checkPageSize(size: number): string | null {
  if (size >= 1 && size <= LIMITS.pageSize.most) return null;
  return `Ask for 1 to ${LIMITS.pageSize.most} entries at a time, not ${size}.`;
}

/** An opaque text that stands for a place in an ordered list. */
export function encodeCursor({ name }: CursorOrder, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([name, ...values])).toString('base64url');
}

function decodeCursor(text: string, { name, width }: CursorOrder): readonly CursorValue[] {
  const [order, ...values] = readTexts(text);
  if (order !== name || values.length !== width)
    throw badInput('This cursor belongs to another list or another order: start again from the first page.');
  return values;
}

function readTexts(text: string): readonly CursorValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.every(isStorable)) return values;
  } catch {
    // Not ours: refused below.
  }
  throw badInput('This cursor is not one of ours: take after and before from pageInfo or an edge.');
}

const isStorable = (value: unknown): value is CursorValue => typeof value === 'string' && faultOfText(value) === null;

@ObjectType({ description: 'The position of a page in its list.' })
@Access('public')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are more entries after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are more entries before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor to continue backward from, to pass as `before`.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor to continue forward from, to pass as `after`.' })
  endCursor!: string | null;
}

/** What a list service returns. `endCursor` may lie past the last entry when entries were passed over by a filter. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
}

export interface TotalCount {
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
}

/** Makes a connection of rows that were read with one more than the page holds. */
export function connectionOf<T>(
  page: Page,
  rows: readonly T[],
  cursorOf: (row: T) => readonly CursorValue[],
  total: TotalCount,
): Connection<T> {
  const hasMore = rows.length > page.size;
  const kept = rows.slice(0, page.size);
  if (page.isBackward) kept.reverse();
  const edges = kept.map((node) => ({ node, cursor: encodeCursor(page.order, cursorOf(node)) }));
  return {
    edges,
    nodes: kept,
    pageInfo: {
      hasNextPage: page.isBackward ? page.cursor !== null : hasMore,
      hasPreviousPage: page.isBackward ? hasMore : page.cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    ...total,
  };
}

/** Caps an exact small count, as COUNT over at most COUNT_CAP + 1 rows gives it. */
export function capCount(count: number): TotalCount {
  return { totalCount: Math.min(count, COUNT_CAP), totalCountCapped: count > COUNT_CAP };
}

/** The Relay connection type of a node type, in the house's one shape. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `An entry of a list of ${name} objects.` })
  @Access('public')
  class Edge {
    @Field(() => String, { description: 'The cursor of the entry, to pass as `after` or `before`.' })
    cursor!: string;

    @Field(node, { description: 'The object at this place in the list.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} objects.` })
  @Access('public')
  class ConnectionOf {
    @Field(() => [node()], { description: 'The entries of the page.' })
    nodes!: T[];

    @Field(() => [Edge], { description: 'The entries of the page with their cursors.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'The position of the page in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      description: 'The total number of entries in the list. Counting may stop at 1,000 with a search or an unusual filter.',
    })
    totalCount!: number;

    @Field(() => Boolean, { description: 'Whether counting stopped at 1,000, so that there may be more.' })
    totalCountCapped!: boolean;
  }

  return ConnectionOf;
}
