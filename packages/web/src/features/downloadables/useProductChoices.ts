import { computed } from 'vue';
import { ListProductChoicesDocument, type ListProductChoicesQuery } from '../../graphql/documents.generated';
import { useEveryPage } from '../../graphql/usePages';

export type ProductChoice = ListProductChoicesQuery['products']['nodes'][number];

/** The products to filter by and to release for. */
export function useProductChoices() {
  const query = useEveryPage(
    ListProductChoicesDocument,
    () => ({}),
    (data) => data.products,
  );
  const products = computed((): readonly ProductChoice[] => query.nodes.value ?? []);
  return { products, isLoading: query.isLoading, problem: query.problem };
}
