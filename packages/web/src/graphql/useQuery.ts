import type { ObservableQuery, OperationVariables, TypedDocumentNode, WatchQueryFetchPolicy } from '@apollo/client/core';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { isFirstPage } from '../first-page';
import { nextTask } from '../next-task';
import { client } from './client';
import { follow, markOutdated } from './outdated';
import { describeRequestError, type RequestProblem } from './request-problem';

interface QueryOptions {
  readonly fetchPolicy?: WatchQueryFetchPolicy;
  /** Asked without the session: what somebody is answered who is not signed in. */
  readonly isAnonymous?: boolean;
}

/** After these, what was there is not for this viewer any more. */
const TAKES_AWAY = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);

type Result<TData> = ObservableQuery.Result<TData>;

/**
 * One query, asked again whenever its variables change. While the new answer is on its way the old one stays (`isStale`);
 * an answer to former variables can never arrive, because its subscription is gone. The first question and its first answer
 * take tasks of their own, because a page that opens asks several; what the cache has shows at once. When the same question fails later,
 * the answer that is there stays, the page says that it may be old, and it is asked again.
 * @param variables null: do not ask yet.
 */
export function useQuery<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: () => NoInfer<TVariables> | null,
  options: QueryOptions = {},
) {
  const data = shallowRef<TData | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const isPending = ref(false);
  /** The variables that the data is for. */
  let answered = '';
  const isKept = ref(false);
  let stop: () => void = () => undefined;
  /** Which question is the current one: what belongs to another comes too late. */
  let turn = 0;

  /** What the cache has shows at once: Back finds the page as long as it was. On the first page it has nothing, and looking takes its time. */
  function isKnown(): boolean {
    const wanted = variables();
    return wanted !== null && !isFirstPage() && client.readQuery({ query: document, variables: wanted }) !== null;
  }

  function take(result: Result<TData>): void {
    isPending.value = result.loading;
    if (result.error) fail(describeRequestError(result.error));
    else if (result.dataState === 'complete') {
      data.value = result.data;
      problem.value = null;
      answered = JSON.stringify(variables());
      // What the cache has is no sign that the network is back.
      if (!result.loading) keep(false);
    }
  }

  function fail(failure: RequestProblem): void {
    problem.value = failure;
    keep(data.value !== null && answered === JSON.stringify(variables()) && !TAKES_AWAY.has(failure.code));
  }

  function keep(isOld: boolean): void {
    isKept.value = isOld;
    markOutdated(ask, isOld);
  }

  /** Ends what was asked before, and its problem. @returns whether this is still the question that counts */
  function begin(): () => boolean {
    stop();
    problem.value = null;
    stop = () => undefined;
    turn += 1;
    const mine = turn;
    return () => turn === mine;
  }

  function question(): ObservableQuery<TData, TVariables> | null {
    const wanted = variables();
    if (wanted === null) {
      data.value = null;
      isPending.value = false;
      return null;
    }
    isPending.value = true;
    return client.watchQuery<TData, TVariables>({
      query: document,
      variables: wanted,
      fetchPolicy: options.fetchPolicy ?? 'cache-and-network',
      nextFetchPolicy: 'cache-first',
      ...(options.isAnonymous && { context: { credentials: 'omit' } }),
    });
  }

  function ask(): void {
    begin();
    const subscription = question()?.subscribe(take);
    stop = () => subscription?.unsubscribe();
  }

  async function askFirst(): Promise<void> {
    const isCurrent = begin();
    isPending.value = variables() !== null;
    await nextTask();
    const query = isCurrent() ? question() : null;
    if (query === null) return;
    await nextTask();
    if (!isCurrent()) return;
    let latest: Result<TData> | null = null;
    const subscription = query.subscribe((result) => {
      latest = result;
      if (data.value !== null || result.dataState !== 'complete') return take(result);
      void nextTask().then(() => isCurrent() && latest && take(latest));
    });
    stop = () => subscription.unsubscribe();
  }

  function start(): void {
    if (data.value !== null || isKnown()) ask();
    else void askFirst();
  }

  watch(
    () => JSON.stringify(variables()),
    () => {
      keep(false);
      start();
    },
  );
  start();
  const unfollow = follow(ask);
  onScopeDispose(() => {
    unfollow();
    turn += 1;
    stop();
  });

  return {
    data: computed(() => data.value),
    problem: computed(() => (isKept.value ? null : problem.value)),
    isLoading: computed(() => isPending.value && data.value === null),
    isStale: computed(() => isPending.value && data.value !== null),
    refetch: (): void => ask(),
  };
}
