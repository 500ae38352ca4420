import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { client } from '../../graphql/client';
import { describeRequestError, type RequestProblem } from '../../graphql/request-problem';
import { useQuery } from '../../graphql/useQuery';

/** Lines that one answer has; more than fit on a large screen. */
const PAGE_SIZE = 50;
/** Lines that following takes at a time. */
const NEWER_SIZE = 100;
const FOLLOW_EVERY_MS = 5_000;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface LogPage<TNode> {
  readonly nodes: readonly TNode[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
  readonly totalCountCapped: boolean;
}

type LogVariables = OperationVariables & {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

export interface LogSource<TData, TNode, TVariables extends LogVariables> {
  readonly document: TypedDocumentNode<TData, TVariables>;
  readonly variables: () => TVariables;
  readonly pageOf: (data: TData) => LogPage<TNode>;
}

/**
 * A log: what is there, what was before, and what comes. While it is followed it asks every few seconds for what is newer than its
 * newest line, and only for that; not while nobody looks at the page.
 */
export function useLog<TData, TNode, TVariables extends LogVariables>({
  document,
  variables,
  pageOf,
}: LogSource<TData, TNode, TVariables>) {
  const query = useQuery(document, () => ({ ...variables(), first: PAGE_SIZE }), { fetchPolicy: 'network-only' });
  const first = computed(() => (query.data.value === null ? null : pageOf(query.data.value)));
  const newer = shallowRef<readonly LogPage<TNode>[]>([]);
  const older = shallowRef<readonly LogPage<TNode>[]>([]);
  const moreProblem = shallowRef<RequestProblem | null>(null);
  const [isMoving, isFollowing] = [ref(false), ref(true)];
  /** Which first page is the current one: what belongs to another comes too late. */
  let turn = 0;
  watch(
    first,
    () => {
      turn += 1;
      [newer.value, older.value, moreProblem.value, isMoving.value] = [[], [], null, false];
    },
    { flush: 'sync' },
  );

  async function ask(place: Pick<LogVariables, 'first' | 'after' | 'last' | 'before'>): Promise<LogPage<TNode> | null> {
    const mine = turn;
    const { data } = await client.query<TData, TVariables>({
      query: document,
      variables: { ...variables(), ...place },
      fetchPolicy: 'no-cache',
    });
    return turn === mine && data !== undefined ? pageOf(data) : null;
  }

  async function more(): Promise<void> {
    const info = (older.value.at(-1) ?? first.value)?.pageInfo;
    if (isMoving.value || !info?.hasNextPage) return;
    [isMoving.value, moreProblem.value] = [true, null];
    try {
      const page = await ask({ first: PAGE_SIZE, after: info.endCursor });
      if (page) older.value = [...older.value, page];
    } catch (error) {
      moreProblem.value = describeRequestError(error);
    }
    isMoving.value = false;
  }

  const follow = { isFollowing, first, newer, isStale: query.isStale, refetch: query.refetch };
  const stop = whileSomebodyLooks(followedBy(follow, (before) => ask({ last: NEWER_SIZE, before })));
  onScopeDispose(() => {
    turn += 1;
    stop();
  });

  return {
    ...joined(first, newer, older),
    isMoving: computed(() => isMoving.value),
    more,
    isFollowing,
    moreProblem: computed(() => moreProblem.value),
    isLoading: query.isLoading,
    isStale: query.isStale,
    problem: query.problem,
    refetch: query.refetch,
  };
}

/** The pages as one list: what came meanwhile, what was there, what was before. */
function joined<TNode>(first: Ref<LogPage<TNode> | null>, newer: Ref<readonly LogPage<TNode>[]>, older: Ref<readonly LogPage<TNode>[]>) {
  return {
    nodes: computed(() => first.value && [...newer.value, first.value, ...older.value].flatMap((page) => page.nodes)),
    total: computed(() => (first.value?.totalCount ?? 0) + newer.value.reduce((sum, page) => sum + page.nodes.length, 0)),
    isTotalCapped: computed(() => first.value?.totalCountCapped === true),
    hasMore: computed(() => (older.value.at(-1) ?? first.value)?.pageInfo.hasNextPage === true),
  };
}

interface Followed<TNode> {
  readonly isFollowing: Ref<boolean>;
  readonly first: Ref<LogPage<TNode> | null>;
  readonly newer: Ref<readonly LogPage<TNode>[]>;
  readonly isStale: Ref<boolean>;
  readonly refetch: () => void;
}

/** Looks for what is newer than the newest line, one look at a time. */
function followedBy<TNode>(
  { isFollowing, first, newer, isStale, refetch }: Followed<TNode>,
  ask: (before: string) => Promise<LogPage<TNode> | null>,
) {
  let isAsking = false;
  return async (): Promise<void> => {
    if (!isFollowing.value || isAsking || isStale.value || first.value === null) return;
    const newest = newer.value[0]?.pageInfo.startCursor ?? first.value.pageInfo.startCursor;
    if (newest === null) return refetch();
    isAsking = true;
    // What fails now is asked for again in a moment.
    const page = await ask(newest).catch(() => null);
    isAsking = false;
    if (page && page.nodes.length > 0) newer.value = [page, ...newer.value];
  };
}

/** Does something every few seconds, and at once when the page is looked at again. @returns ends it */
function whileSomebodyLooks(work: () => Promise<void>): () => void {
  const look = (): void => void (globalThis.document.hidden || work());
  const timer = setInterval(look, FOLLOW_EVERY_MS);
  globalThis.document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    globalThis.document.removeEventListener('visibilitychange', look);
  };
}
