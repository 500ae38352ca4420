import {
  getVariableValues,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { inMegabytes, smallerAnswer } from '../kernel/problem/faults.js';
import { LIMITS } from '../kernel/limits/limits.js';
import { checkPageSize } from '../kernel/pagination.js';
import { askedPageSize, CostCount, type Cost, type CountedOperation, type PageSizeOf } from './cost-count.js';

export interface CostRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Undefined when the document has none to run: refused elsewhere. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Counter = (pageSizeOf: PageSizeOf) => Cost;

/**
 * Refuses an operation that could answer with more objects or bytes than one request may have, and pages that nobody may ask
 * for, before anything of it is run. @throws GraphQLError BAD_USER_INPUT, status 400
 */
export function requireAffordable(request: CostRequest): void {
  const count = counterOf(request);
  if (!count) return;
  const cost = count(checkedPageSize);
  if (fits(cost)) return;
  const what =
    cost.objects > LIMITS.queryObjects.most
      ? `${LIMITS.queryObjects.most.toLocaleString('en')} objects`
      : inMegabytes(LIMITS.queryBytes.most);
  throw refusal(`The query could answer with more than ${what}: ${smallerAnswer(fittingPage(count))}.`);
}

/** What an operation could answer with; null when its variables do not fit, or there is none to run: refused elsewhere. */
export function costOf(request: CostRequest): Cost | null {
  return counterOf(request)?.(askedPageSize) ?? null;
}

function counterOf({ schema, document, operation, variables }: CostRequest): Counter | null {
  const root = operation && rootOf(schema, operation);
  if (!root) return null;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Refused before anything is run, by graphql-js itself.
  if (!coerced) return null;
  const fragments = document.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const counted: CountedOperation = { schema, fragments: new Map(fragments.map((one) => [one.name.value, one])), variables: coerced };
  return (pageSizeOf) => new CostCount(counted, pageSizeOf).of([operation.selectionSet], root);
}

function rootOf(schema: GraphQLSchema, { operation }: OperationDefinitionNode): GraphQLObjectType | null {
  return (operation === OperationTypeNode.QUERY ? schema.getQueryType() : schema.getMutationType()) ?? null;
}

const fits = ({ objects, bytes }: Cost): boolean => objects <= LIMITS.queryObjects.most && bytes <= LIMITS.queryBytes.most;

/** The largest page with which an operation fits when no list asks for more; null when smaller pages do not help. */
function fittingPage(count: Counter): number | null {
  const fitsWith = (most: number): boolean => fits(count((args) => Math.min(most, askedPageSize(args))));
  if (!fitsWith(1)) return null;
  let fitting = 1;
  let tooLarge: number = LIMITS.pageSize.most;
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2);
    if (fitsWith(middle)) fitting = middle;
    else tooLarge = middle;
  }
  return fitting;
}

/** The page size that arguments ask for. @throws GraphQLError when nobody may ask for it */
const checkedPageSize: PageSizeOf = (args) => {
  for (const size of [args['first'], args['last']]) {
    const problem = typeof size === 'number' ? checkPageSize(size) : null;
    if (problem !== null) throw refusal(problem);
  }
  return askedPageSize(args);
};

const refusal = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
