import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { client } from './client';
import { describeRequestError, type RequestProblem } from './request-problem';
import { useQuery } from './useQuery';

interface PageOf<TNode> {
  readonly nodes: readonly TNode[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type PagedVariables = OperationVariables & { after?: string | null | undefined };

/**
 * A list whose further pages are joined on to the first.
 * @param variables all but the cursor; null: do not ask yet
 * @param pageOf where the list stands in an answer; null: there is none
 */
export function usePages<TData, TPage extends PageOf<unknown>, TVariables extends PagedVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: () => NoInfer<TVariables> | null,
  pageOf: (data: TData) => TPage | null,
) {
  const query = useQuery(document, variables);
  const question = (): string => JSON.stringify(variables());
  const loaded = computed(() => (query.data.value === null ? null : pageOf(query.data.value)));
  /** The question that is answered: while the next is on its way, or fails, a query keeps the answer before. */
  const answered = ref('');
  watch(loaded, () => (answered.value = question()), { immediate: true, flush: 'sync' });
  const firstPage = computed(() => (answered.value === question() ? loaded.value : null));
  const later = shallowRef<readonly TPage[]>([]);
  const laterProblem = shallowRef<RequestProblem | null>(null);
  const isMoving = ref(false);
  /** Which first page is the current one: what follows another comes too late. */
  let turn = 0;
  const startOver = (): void => {
    turn += 1;
    [later.value, laterProblem.value, isMoving.value] = [[], null, false];
  };
  watch(firstPage, startOver, { flush: 'sync' });
  onScopeDispose(startOver);
  const next = computed(() => (later.value.at(-1) ?? firstPage.value)?.pageInfo ?? null);

  async function more(): Promise<void> {
    const asked = variables();
    if (asked === null || isMoving.value || !next.value?.hasNextPage) return;
    const mine = turn;
    [isMoving.value, laterProblem.value] = [true, null];
    try {
      const wanted = { ...asked, after: next.value.endCursor };
      const { data } = await client.query<TData, TVariables>({ query: document, variables: wanted, fetchPolicy: 'network-only' });
      const page = data === undefined ? null : pageOf(data);
      if (turn === mine && page) later.value = [...later.value, page];
    } catch (error) {
      if (turn === mine) laterProblem.value = describeRequestError(error);
    }
    if (turn === mine) isMoving.value = false;
  }

  return {
    /** The first page of the present question, with whatever else it says of the list. */
    first: computed(() => firstPage.value),
    /** Null until the first page of the present question is there. */
    nodes: computed(
      (): readonly TPage['nodes'][number][] | null => firstPage.value && [firstPage.value, ...later.value].flatMap((page) => page.nodes),
    ),
    hasMore: computed(() => next.value?.hasNextPage === true),
    isMoving: computed(() => isMoving.value),
    more,
    isLoading: query.isLoading,
    problem: query.problem,
    /** Of the page that was asked for last, unless it was the first. */
    laterProblem: computed(() => laterProblem.value),
    refetch: query.refetch,
  };
}

/** How long a page that failed is let rest before it is asked for again. */
const REST_MS = 5_000;

/** What a choice is made from: every page, one after the other, of which the first shows at once. What fails later is asked for again. */
export function useEveryPage<TData, TPage extends PageOf<unknown>, TVariables extends PagedVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: () => NoInfer<TVariables> | null,
  pageOf: (data: TData) => TPage | null,
) {
  const pages = usePages(document, variables, pageOf);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(pages.nodes, () => void pages.more(), { immediate: true, flush: 'post' });
  watch(pages.laterProblem, (problem) => {
    clearTimeout(timer);
    if (problem?.isNetwork) timer = setTimeout(() => void pages.more(), REST_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  return { ...pages, isWhole: computed(() => pages.nodes.value !== null && !pages.hasMore.value) };
}
