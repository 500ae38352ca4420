import { computed, ref, watch, type Ref } from 'vue';
import type { RequestProblem } from './request-problem';

interface Asked<TData> {
  readonly data: Ref<TData | null>;
  readonly problem: Ref<RequestProblem | null>;
  readonly isLoading: Ref<boolean>;
  readonly refetch: () => void;
}

/** What is asked in one of two ways, of which the other is never asked meanwhile. */
export function useEither<TFirst, TSecond>(first: Asked<TFirst>, second: Asked<TSecond>, isSecond: () => boolean) {
  const asked = (): Asked<TFirst | TSecond> => (isSecond() ? second : first);
  return {
    data: computed(() => asked().data.value),
    problem: computed(() => asked().problem.value),
    isLoading: computed(() => asked().isLoading.value),
    refetch: (): void => asked().refetch(),
  };
}

/**
 * An answer only while it answers the present question: while the next is on its way, or fails, a query keeps the one before.
 * @param question what is asked, as a text; null: nothing
 */
export function useAnswerOf<TData>(data: Ref<TData | null>, question: () => string | null) {
  const answered = ref<string | null>(null);
  watch(data, () => (answered.value = question()), { immediate: true, flush: 'sync' });
  return computed(() => (answered.value === question() ? data.value : null));
}
