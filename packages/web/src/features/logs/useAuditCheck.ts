import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { client } from '../../graphql/client';
import { CheckAuditDocument } from '../../graphql/documents.generated';
import { describeRequestError, type RequestProblem } from '../../graphql/request-problem';
import type { AuditFindings } from './audit-fault-text';

const NOTHING: AuditFindings = { checked: 0, erased: 0, unsealed: 0, faults: [] };

/** Verifies the audit trail page by page. Where it broke off it goes on; leaving the page ends it. */
export function useAuditCheck() {
  const state = ref<'IDLE' | 'RUNNING' | 'STOPPED' | 'DONE'>('IDLE');
  const findings = shallowRef(NOTHING);
  const problem = shallowRef<RequestProblem | null>(null);
  let through = 0;
  let run = 0;

  async function goOn(): Promise<void> {
    const own = (run += 1);
    state.value = 'RUNNING';
    problem.value = null;
    try {
      while (state.value === 'RUNNING' && own === run) await checkPage(own);
    } catch (error) {
      if (own !== run) return;
      problem.value = describeRequestError(error);
      state.value = 'STOPPED';
    }
  }

  async function checkPage(own: number): Promise<void> {
    const { data } = await client.query({ query: CheckAuditDocument, variables: { after: through }, fetchPolicy: 'no-cache' });
    if (own !== run || !data) return;
    const { checkedCount, erasedCount, unsealedCount, faults, isDone, ...page } = data.auditCheck;
    const before = findings.value;
    findings.value = {
      checked: before.checked + checkedCount,
      erased: before.erased + erasedCount,
      unsealed: before.unsealed + unsealedCount,
      faults: [...before.faults, ...faults],
    };
    through = page.through;
    if (isDone) state.value = 'DONE';
  }

  function stop(): void {
    run += 1;
    if (state.value === 'RUNNING') state.value = 'STOPPED';
  }

  async function begin(): Promise<void> {
    findings.value = NOTHING;
    through = 0;
    await goOn();
  }

  onScopeDispose(stop);
  return {
    state: computed(() => state.value),
    findings: computed(() => findings.value),
    problem: computed(() => problem.value),
    begin,
    goOn,
    stop,
  };
}
