import { ListStaffProductsDocument } from '../../graphql/documents.generated';
import { useEveryPage } from '../../graphql/usePages';

/** The products that somebody may be limited to. */
export function useStaffProducts() {
  return useEveryPage(
    ListStaffProductsDocument,
    () => ({}),
    (data) => data.products,
  );
}
