import { computed } from 'vue';
import { ListProductChoicesDocument, type ListProductChoicesQuery } from '../../graphql/documents.generated';
import { useQuery } from '../../graphql/useQuery';

export type ProductChoice = ListProductChoicesQuery['products']['nodes'][number];

/** The products to filter by and to release for. */
export function useProductChoices() {
  const query = useQuery(ListProductChoicesDocument, () => ({}));
  const products = computed<readonly ProductChoice[]>(() => query.data.value?.products.nodes ?? []);
  return { products, isLoading: query.isLoading, problem: query.problem };
}
