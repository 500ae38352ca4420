/** What the list shows, as it stands in the address: reload, back and a copied link restore it. */
import { DOWNLOADABLE_STATUSES, PLATFORMS, type DownloadableStatus, type Platform } from '@slipway/shared';
import type { DownloadableSort, DownloadableSortField, ListDownloadablesQueryVariables } from '../../graphql/documents.generated';

export interface ListState {
  readonly search: string;
  readonly productId: string;
  readonly status: DownloadableStatus | '';
  readonly channel: string;
  readonly platform: Platform | '';
  readonly sort: DownloadableSort;
  readonly pageSize: number;
  /** At most one of the two is set: the cursor that the page starts after, or ends before. */
  readonly after: string;
  readonly before: string;
}

type AddressQuery = Readonly<Record<string, unknown>>;

export const PAGE_SIZES = [25, 50, 100] as const;
const SORT_FIELDS: readonly DownloadableSortField[] = ['VERSION', 'PRODUCT', 'STATUS', 'RELEASE_DATE', 'CREATED_AT'];
const NEWEST_FIRST = '-created_at';

function text(query: AddressQuery, key: string): string {
  const value = query[key];
  return typeof value === 'string' ? value : '';
}

function oneOf<T extends string>(value: string, allowed: readonly T[]): T | '' {
  return allowed.find((one) => one === value) ?? '';
}

/** `-release_date` is RELEASE_DATE descending. Anything unknown is newest first. */
export function parseSort(value: string): DownloadableSort {
  const field = SORT_FIELDS.find((one) => one === value.replace('-', '').toUpperCase());
  if (!field) return { field: 'CREATED_AT', direction: 'DESC' };
  return { field, direction: value.startsWith('-') ? 'DESC' : 'ASC' };
}

export function sortText(sort: DownloadableSort): string {
  return `${sort.direction === 'DESC' ? '-' : ''}${sort.field.toLowerCase()}`;
}

/** Reads the address. What it cannot read it leaves out: a mistyped link shows the plain list. */
export function parseListState(query: AddressQuery): ListState {
  const after = text(query, 'after');
  return {
    search: text(query, 'q'),
    productId: text(query, 'product'),
    status: oneOf(text(query, 'status'), DOWNLOADABLE_STATUSES),
    channel: text(query, 'channel'),
    platform: oneOf(text(query, 'platform'), PLATFORMS),
    sort: parseSort(text(query, 'sort')),
    pageSize: PAGE_SIZES.find((size) => String(size) === text(query, 'size')) ?? PAGE_SIZES[0],
    after,
    before: after ? '' : text(query, 'before'),
  };
}

/** The address of a state, without what is the default anyway. */
export function listStateQuery(state: ListState): Record<string, string> {
  const sort = sortText(state.sort);
  const all = {
    q: state.search,
    product: state.productId,
    status: state.status,
    channel: state.channel,
    platform: state.platform,
    sort: sort === NEWEST_FIRST ? '' : sort,
    size: state.pageSize === PAGE_SIZES[0] ? '' : String(state.pageSize),
    after: state.after,
    before: state.before,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** A change of what is listed starts at its first page again. */
export function withChange(state: ListState, change: Partial<ListState>): ListState {
  return { ...state, after: '', before: '', ...change };
}

/** What is listed, wherever on its pages one is. */
export function listedText(state: ListState): string {
  return JSON.stringify([state.search, state.productId, state.status, state.channel, state.platform]);
}

export function hasFilters(state: ListState): boolean {
  return [state.search, state.productId, state.status, state.channel, state.platform].some((value) => value !== '');
}

export function listVariables(state: ListState): ListDownloadablesQueryVariables {
  const filter = {
    search: state.search || null,
    productId: state.productId || null,
    status: state.status || null,
    channel: state.channel || null,
    platform: state.platform || null,
  };
  if (state.before) return { filter, sort: state.sort, last: state.pageSize, before: state.before };
  return { filter, sort: state.sort, first: state.pageSize, after: state.after || null };
}
