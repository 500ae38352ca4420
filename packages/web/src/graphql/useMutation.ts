import type { MutationUpdaterFunction, OperationVariables, TypedDocumentNode, ApolloCache } from '@apollo/client/core';
import { readonly, ref } from 'vue';
import { client } from './client';
import { describeRequestError, type RequestProblem } from './request-problem';

export type Outcome<TData> = { readonly data: TData; readonly problem: null } | { readonly data: null; readonly problem: RequestProblem };

interface MutationOptions<TData, TVariables extends OperationVariables> {
  readonly update?: MutationUpdaterFunction<TData, TVariables, ApolloCache>;
}

/** Sends one mutation. Never throws: a failed request is the outcome's `problem`, a refused field a user error in its `data`. */
export async function mutate<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  options: MutationOptions<TData, TVariables> = {},
): Promise<Outcome<TData>> {
  try {
    const result = await client.mutate<TData, TVariables>({
      mutation: document,
      variables: variables as TVariables & OperationVariables,
      ...(options.update ? { update: options.update } : {}),
    } as Parameters<typeof client.mutate<TData, TVariables>>[0]);
    return { data: result.data as TData, problem: null }; // errorPolicy "none": no data without an error thrown
  } catch (error) {
    return { data: null, problem: describeRequestError(error) };
  }
}

/** `mutate` with a flag for the button. */
export function useMutation<TData, TVariables extends OperationVariables>(document: TypedDocumentNode<TData, TVariables>) {
  const isRunning = ref(false);
  async function run(variables: TVariables, options: MutationOptions<TData, TVariables> = {}): Promise<Outcome<TData>> {
    isRunning.value = true;
    try {
      return await mutate(document, variables, options);
    } finally {
      isRunning.value = false;
    }
  }
  return { run, isRunning: readonly(isRunning) };
}
