import { HeaderMap, type GraphQLRequestContextResponseForOperation, type GraphQLResponse } from '@apollo/server';
import type { RequestContext } from '../../kernel/context.js';
import type { CompiledOperations } from './compiled-operations.js';

/**
 * Answers an operation by its compiled code; null: graphql-js shall run it, as if nothing had been. Measured: a sixth to a fifth of a
 * request for a list (ARCHITECTURE.md). Whatever ends in an error is run again by graphql-js, which alone decides what errors look like,
 * which of them there are, and with which status they leave; queries write nothing but guesses, and what counts those is not compiled (`COUNTING_FIELDS`): asking twice changes nothing.
 */
export async function answerCompiled(
  operations: CompiledOperations,
  { schema, document, operation, request, contextValue }: GraphQLRequestContextResponseForOperation<RequestContext>,
): Promise<GraphQLResponse | null> {
  const variables = request.variables ?? {};
  const run = await operations.find({ schema, document, operation }, variables);
  if (!run) return null;
  const refusedBefore = contextValue.refused.noted;
  const { data = null, errors } = await run(contextValue, variables);
  if (!errors) return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
  contextValue.startAgain(refusedBefore);
  return null;
}
