import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { computed, readonly, ref, shallowRef } from 'vue';
import type { UserError } from '../../graphql/request-problem';
import { mutate } from '../../graphql/useMutation';

type Refused = readonly Pick<UserError, 'code' | 'message' | 'field'>[];

/** What a page does that a mail leads to: one request when its button is pressed, since mail programs open links by themselves. */
export function useLink<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  refusedIn: (data: TData) => Refused,
) {
  const isBusy = ref(false);
  const errors = shallowRef<Refused>([]);
  async function send(variables: TVariables): Promise<TData | null> {
    isBusy.value = true;
    const outcome = await mutate(document, variables);
    isBusy.value = false;
    errors.value = outcome.problem ? [{ ...outcome.problem, field: null }] : refusedIn(outcome.data);
    return errors.value.length === 0 ? outcome.data : null;
  }
  /** What is said at a field; what belongs to none of the fields stands above them. */
  const at = (field: string): string | undefined => errors.value.find((error) => error.field === field)?.message;
  return {
    send,
    isBusy: readonly(isBusy),
    at,
    /** Why the link itself does not work; null: it does, or nobody knows yet. */
    ended: computed(() => errors.value.find(({ field }) => field === 'token')?.message ?? null),
    failed: computed(() => errors.value.find(({ field }) => field === null)?.message ?? null),
    forget: (): void => void (errors.value = []),
  };
}
