import type { OperationVariables, TypedDocumentNode, WatchQueryFetchPolicy } from '@apollo/client/core';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { client } from './client';
import { describeRequestError, type RequestProblem } from './request-problem';

interface QueryOptions {
  readonly fetchPolicy?: WatchQueryFetchPolicy;
}

/**
 * One query, asked again whenever its variables change. While the new answer is on its way the old one stays (`isStale`);
 * an answer to former variables can never arrive, because its subscription is gone.
 * @param variables null: do not ask yet.
 */
export function useQuery<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: () => TVariables | null,
  options: QueryOptions = {},
) {
  const data = shallowRef<TData | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const isPending = ref(false);
  let stop: () => void = () => undefined;

  function ask(): void {
    stop();
    const wanted = variables();
    if (wanted === null) {
      data.value = null;
      isPending.value = false;
      return;
    }
    isPending.value = true;
    const query = client.watchQuery<TData, TVariables>({
      query: document,
      variables: wanted,
      fetchPolicy: options.fetchPolicy ?? 'cache-and-network',
      nextFetchPolicy: 'cache-first',
    });
    const subscription = query.subscribe((result) => {
      isPending.value = result.loading;
      if (result.error) problem.value = describeRequestError(result.error);
      else if (result.dataState === 'complete') {
        data.value = result.data as TData; // complete: Apollo's own type for it carries masking, which is off here
        problem.value = null;
      }
    });
    stop = () => subscription.unsubscribe();
  }

  watch(
    () => JSON.stringify(variables()),
    () => ask(),
    { immediate: true },
  );
  onScopeDispose(() => stop());

  return {
    data: computed(() => data.value),
    problem: computed(() => problem.value),
    isLoading: computed(() => isPending.value && data.value === null),
    isStale: computed(() => isPending.value && data.value !== null),
    refetch: ask,
  };
}
