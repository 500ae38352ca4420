import { computed, type ComputedRef } from 'vue';
import {
  ListKeyLicensesOfCustomerDocument,
  ListOwnKeyLicensesDocument,
  type KeyLicenseFieldsFragment,
} from '../../graphql/documents.generated';
import { useEveryPage } from '../../graphql/usePages';

/** The licenses that a machine key may be for. @param customerId null: the viewer's own */
export function useKeyLicenses(customerId: () => string | null): { readonly licenses: ComputedRef<readonly KeyLicenseFieldsFragment[]> } {
  const own = useEveryPage(
    ListOwnKeyLicensesDocument,
    () => (customerId() === null ? {} : null),
    (data) => data.ownLicenses,
  );
  const theirs = useEveryPage(
    ListKeyLicensesOfCustomerDocument,
    () => {
      const id = customerId();
      return id === null ? null : { customerId: id };
    },
    (data) => data.licenses,
  );
  return { licenses: computed(() => own.nodes.value ?? theirs.nodes.value ?? []) };
}
