import { computed } from 'vue';
import {
  CheckUpdateDocument,
  FindCheckedReleaseDocument,
  GetCheckedLicenseDocument,
  GetNewestReleasesDocument,
  ListCheckedProductsDocument,
} from '../../graphql/documents.generated';
import { useEveryPage } from '../../graphql/usePages';
import { useQuery } from '../../graphql/useQuery';
import { checkQuestion, inputOf, type UpdateQuestion } from './update-question';

/** Asks what a program would be answered: for a license as staff may, for nobody as nobody does, without the session. */
export function useUpdateCheck(asked: () => UpdateQuestion) {
  const products = useEveryPage(
    ListCheckedProductsDocument,
    () => ({}),
    (data) => data.products,
  );
  const product = computed(() => products.nodes.value?.find(({ slug }) => slug === asked().product) ?? null);
  const license = useQuery(GetCheckedLicenseDocument, () => (asked().license === '' ? null : { id: asked().license }));
  const isNobody = computed(() => asked().license === '');
  const input = computed(() => (Object.keys(checkQuestion(asked())).length === 0 ? { input: inputOf(asked()) } : null));
  const forLicense = useQuery(CheckUpdateDocument, () => (isNobody.value ? null : input.value), { fetchPolicy: 'network-only' });
  const forNobody = useQuery(CheckUpdateDocument, () => (isNobody.value ? input.value : null), {
    fetchPolicy: 'network-only',
    isAnonymous: true,
  });
  const answer = computed(() => (isNobody.value ? forNobody : forLicense));
  const checked = computed(() => answer.value.data.value?.updateCheck ?? null);
  const newest = useQuery(GetNewestReleasesDocument, () => (product.value && checked.value ? { id: product.value.id } : null), {
    fetchPolicy: 'network-only',
  });
  /** The release that the rules are asked about: what was refused, else what is offered or installed. */
  const explained = useQuery(FindCheckedReleaseDocument, () => {
    const version = checked.value?.refusedVersion ?? checked.value?.latestVersion ?? null;
    return product.value && version !== null ? { productId: product.value.id, version } : null;
  });
  return {
    products,
    product,
    license: computed(() => (isNobody.value ? null : (license.data.value?.license ?? null))),
    checked,
    newest: computed(() => newest.data.value?.product?.latestByTarget ?? null),
    explained: computed(() => explained.data.value?.product?.downloadableByVersion ?? null),
    problem: computed(() => answer.value.problem.value ?? newest.problem.value),
    isAsked: computed(() => input.value !== null),
    isLoading: computed(() => answer.value.isLoading.value || newest.isLoading.value),
    isStale: computed(() => answer.value.isStale.value),
    again: (): void => {
      answer.value.refetch();
      newest.refetch();
    },
  };
}
