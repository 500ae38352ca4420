import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { GetLensDocument } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useQuery } from '../../graphql/useQuery';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export type PortalLens = Pick<ReturnType<typeof usePortalLens>, 'licenseId' | 'license' | 'kept' | 'isLoading' | 'problem'>;

/** The license that staff look as: `?as=LICENSE_ID`. For everybody else there is none, whatever the address says. */
export function usePortalLens() {
  const route = useRoute();
  const { can, vendor, problem: sessionProblem } = useSession();
  const wanted = computed(() => (typeof route.query['as'] === 'string' ? route.query['as'] : null));
  const licenseId = computed(() => (can('license:read') ? wanted.value : null));
  const releaseId = computed(() =>
    typeof route.query['from'] === 'string' && ULID.test(route.query['from']) ? route.query['from'] : null,
  );
  const query = useQuery(GetLensDocument, () => (licenseId.value ? { licenseId: licenseId.value } : null));
  const license = computed(() => query.data.value?.license ?? null);

  return {
    licenseId,
    license,
    /** True too while it is not known yet who is looking. */
    isLoading: computed(() => query.isLoading.value || (wanted.value !== null && !vendor.value && !sessionProblem.value)),
    problem: query.problem,
    isMissing: computed(() => licenseId.value !== null && !query.isLoading.value && !query.problem.value && license.value === null),
    /** What links within the portal keep in their address. */
    kept: computed((): Record<string, string> =>
      licenseId.value ? { as: licenseId.value, ...(releaseId.value && { from: releaseId.value }) } : {},
    ),
    /** The release that was previewed, and is to be gone back to. */
    releaseId,
    retry: query.refetch,
  };
}
