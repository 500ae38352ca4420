import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { client } from '../../graphql/client';
import { WorkOutAudienceDocument, type WorkOutAudienceQuery } from '../../graphql/documents.generated';
import { describeRequestError, type RequestProblem } from '../../graphql/request-problem';
import { addStep, EMPTY_AUDIENCE, type Audience } from './audience-sum';

export type AudienceEntry = WorkOutAudienceQuery['announcementAudience']['sample'][number];

interface AudienceQuestion {
  readonly downloadableId: string;
  readonly withSecondText: boolean;
  readonly excludeAlreadyTold: boolean;
}

type Step = WorkOutAudienceQuery['announcementAudience'];

async function ask(input: AudienceQuestion, after: string | null): Promise<Step> {
  const { data } = await client.query({ query: WorkOutAudienceDocument, variables: { input, after }, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The audience is missing from the answer.');
  return data.announcementAudience;
}

/** Whom an announcement would reach: part after part, of which each shows at once. */
export function useAudience(question: () => AudienceQuestion) {
  const audience = shallowRef<Audience>(EMPTY_AUDIENCE);
  const problem = shallowRef<RequestProblem | null>(null);
  const isWhole = shallowRef(false);
  let turn = 0;

  async function work(): Promise<void> {
    turn += 1;
    const mine = turn;
    const input = question();
    [audience.value, problem.value, isWhole.value] = [EMPTY_AUDIENCE, null, false];
    try {
      let after: string | null = null;
      do {
        const step = await ask(input, after);
        if (turn !== mine) return;
        audience.value = addStep(audience.value, step);
        after = step.endCursor;
      } while (after !== null);
      isWhole.value = true;
    } catch (error) {
      if (turn === mine) problem.value = describeRequestError(error);
    }
  }

  watch(
    () => JSON.stringify(question()),
    () => void work(),
    { immediate: true },
  );
  onScopeDispose(() => (turn += 1));
  return {
    audience: computed(() => audience.value),
    problem: computed(() => problem.value),
    /** Whether every license was looked at. */
    isWhole: computed(() => isWhole.value),
    retry: work,
  };
}
