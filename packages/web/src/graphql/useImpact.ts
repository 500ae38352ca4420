import type { EntitlementCode } from '@slipway/shared';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ImpactEffect, ImpactSubject } from '../messages/impact';
import { client } from './client';
import { PreviewImpactDocument, type PreviewImpactQueryVariables } from './documents.generated';
import { describeRequestError, type RequestProblem } from './request-problem';
import { useImpactList } from './useImpactList';

type Input = PreviewImpactQueryVariables['input'];
/** A form is asked about once it rests. */
const PATIENCE_MS = 400;

interface Group {
  readonly effect: ImpactEffect;
  readonly code: EntitlementCode;
  readonly count: number;
}

interface Counted {
  readonly judged: number;
  readonly total: number;
  /** There may be more than `total`. */
  readonly totalCapped: boolean;
  readonly groups: readonly Group[];
}
const NOTHING: Counted = { judged: 0, total: 0, totalCapped: false, groups: [] };

async function ask(input: Input, after: string | null) {
  const { data } = await client.query({ query: PreviewImpactDocument, variables: { input, after }, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The impact is missing from the answer.');
  return data.previewImpact;
}

/** Adds the next part. */
function add(before: Counted, { judged, total, totalCapped, tallies }: Awaited<ReturnType<typeof ask>>): Counted {
  const groups = new Map(before.groups.map((group) => [`${group.effect} ${group.code}`, group]));
  for (const { effect, code, count } of tallies) {
    const key = `${effect} ${code}`;
    groups.set(key, { effect, code, count: count + (groups.get(key)?.count ?? 0) });
  }
  return { judged: before.judged + judged, total, totalCapped, groups: [...groups.values()].toSorted((a, b) => b.count - a.count) };
}

/** What a change would do: part after part, of which each shows at once. @param question null: there is nothing to ask */
export function useImpact(subject: ImpactSubject, question: () => Input | null) {
  const counted = shallowRef<Counted>(NOTHING);
  const problem = shallowRef<RequestProblem | null>(null);
  const isWhole = shallowRef(false);
  const list = useImpactList(question);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function work(): Promise<void> {
    turn += 1;
    const mine = turn;
    const input = question();
    [counted.value, problem.value, isWhole.value] = [NOTHING, null, false];
    list.close();
    if (input === null) return;
    try {
      let after: string | null = null;
      do {
        const step = await ask(input, after);
        if (turn !== mine) return;
        counted.value = add(counted.value, step);
        after = step.endCursor;
      } while (after !== null);
      isWhole.value = true;
    } catch (error) {
      if (turn === mine) problem.value = describeRequestError(error);
    }
  }

  void work();
  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void work(), PATIENCE_MS);
    },
  );
  onScopeDispose(() => {
    turn += 1;
    clearTimeout(timer);
  });
  return {
    /** For `ImpactSummary`. */
    shown: computed(() => ({
      subject,
      ...counted.value,
      problem: problem.value?.message ?? null,
      isWhole: isWhole.value,
      list: list.shown.value,
    })),
    retry: work,
    open: list.open,
    more: list.more,
  };
}
