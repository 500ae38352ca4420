import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import {
  ExplainAccessDocument,
  GetExplainedCustomerDocument,
  GetExplainedLicenseDocument,
  GetExplainedReleaseDocument,
} from '../../graphql/documents.generated';
import { useQuery } from '../../graphql/useQuery';
import type { useAccessAddress } from './useAccessAddress';

type Address = ReturnType<typeof useAccessAddress>;
/** While the slider moves, only where it rests is asked about. */
const PATIENCE_MS = 120;

/** Whom and what is asked about, and the explanation. */
export function useAsked({ asked, at }: Address) {
  const license = useQuery(GetExplainedLicenseDocument, () => (asked.value.license ? { id: asked.value.license } : null));
  const customer = useQuery(GetExplainedCustomerDocument, () =>
    asked.value.customer && !asked.value.license ? { id: asked.value.customer } : null,
  );
  const release = useQuery(GetExplainedReleaseDocument, () => (asked.value.release ? { id: asked.value.release } : null));
  const restsAt = shallowRef(at.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(at, (moved) => {
    clearTimeout(timer);
    timer = setTimeout(() => (restsAt.value = moved), PATIENCE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  const question = computed(() => {
    const { license: licenseId, customer: customerId, release: downloadableId, file } = asked.value;
    if (!downloadableId || (!licenseId && !customerId)) return null;
    const who = licenseId ? { licenseId } : { customerId };
    return { input: { ...who, downloadableId, assetId: file || null, at: restsAt.value?.toISOString() ?? null } };
  });
  const explained = useQuery(ExplainAccessDocument, () => question.value, { fetchPolicy: 'network-only' });
  return {
    license: computed(() => (asked.value.license ? (license.data.value?.license ?? null) : null)),
    customer: computed(() => customer.data.value?.customer ?? null),
    release: computed(() => (asked.value.release ? (release.data.value?.downloadable ?? null) : null)),
    isComplete: computed(() => question.value !== null),
    explained,
  };
}
