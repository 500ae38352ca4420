import { readonly, ref, shallowRef } from 'vue';
import type { StorageTestFieldsFragment } from '../../../graphql/documents.generated';
import type { RequestProblem } from '../../../graphql/request-problem';
import { withBrowserCheck, type StorageCheck } from './storage-form.rules';

/** What the last test found, of which values, and whether these still stand in the fields. */
export function useStorageTest() {
  const checks = shallowRef<readonly StorageCheck[] | null>(null);
  const testedAt = shallowRef<Date | null>(null);
  const isOutdated = ref(false);
  const problem = shallowRef<RequestProblem | null>(null);

  /** @param isInUse whether it is the store in use: pages may ask no other from the browser */
  async function take({ checks: found, browserProbeUrl }: StorageTestFieldsFragment, isInUse: boolean): Promise<boolean> {
    const mayAsk = isInUse && browserProbeUrl !== null && found.some(({ kind, verdict }) => kind === 'CORS' && verdict === 'PASSED');
    checks.value = mayAsk ? withBrowserCheck(found, await isReachable(browserProbeUrl), location.origin) : found;
    testedAt.value = new Date();
    isOutdated.value = false;
    problem.value = null;
    return true;
  }

  function fail(failure: RequestProblem): boolean {
    problem.value = failure;
    return false;
  }

  return {
    checks: readonly(checks),
    testedAt: readonly(testedAt),
    isOutdated: readonly(isOutdated),
    problem: readonly(problem),
    take,
    fail,
    /** What was tested is in use now. */
    forget: () => (checks.value = null),
    outdate: () => (isOutdated.value = checks.value !== null),
  };
}

/** Whether this browser reaches the store and is let in: it sends one byte, which the next test removes. */
const isReachable = (url: string): Promise<boolean> =>
  fetch(url, { method: 'PUT', body: 'x' }).then(
    ({ ok }) => ok,
    () => false,
  );
