import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { client } from './client';
import { useLaterPages, type PageOf } from './useLaterPages';
import { useQuery } from './useQuery';

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
  async function read(after: string | null): Promise<TPage | null> {
    const asked = variables();
    if (asked === null) return null;
    const { data } = await client.query<TData, TVariables>({
      query: document,
      variables: { ...asked, after },
      fetchPolicy: 'network-only',
    });
    return data === undefined ? null : pageOf(data);
  }
  const { pages, ...list } = useLaterPages({ firstPage, question, read });

  return {
    ...list,
    /** The first page of the present question, with whatever else it says of the list. */
    first: computed(() => firstPage.value),
    /** Null until the first page of the present question is there. */
    nodes: computed((): readonly TPage['nodes'][number][] | null => pages.value?.flatMap((page) => page.nodes) ?? null),
    isLoading: query.isLoading,
    problem: query.problem,
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
