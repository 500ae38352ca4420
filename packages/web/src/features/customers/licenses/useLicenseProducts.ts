import { computed } from 'vue';
import { ListLicenseProductsDocument, type ListLicenseProductsQuery } from '../../../graphql/documents.generated';
import { useEveryPage } from '../../../graphql/usePages';

export type LicenseProduct = ListLicenseProductsQuery['products']['nodes'][number];

/** The products to license, and to filter licenses by. @param isWanted whether they are asked for at all */
export function useLicenseProducts(isWanted: () => boolean = () => true) {
  const query = useEveryPage(
    ListLicenseProductsDocument,
    () => (isWanted() ? {} : null),
    (data) => data.products,
  );
  return { ...query, products: computed((): readonly LicenseProduct[] => query.nodes.value ?? []) };
}
