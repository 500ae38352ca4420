import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LIMITS } from '../kernel/limits.js';
import { DEFAULT_PAGE_SIZE } from '../kernel/pagination.js';

/** What a list without pages is taken to hold: the files of a release, the channels of a product. */
const ASSUMED_LIST_SIZE = 10;

interface CostRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Undefined when the document has none to run: refused elsewhere. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Refuses an operation that could answer with more objects than one request may have. @throws GraphQLError BAD_USER_INPUT, status 400 */
export function requireAffordable(request: CostRequest): void {
  const { schema, operation } = request;
  const root = operation?.operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  if (!operation || !root) return;
  const objects = new CostCount(request).of(operation.selectionSet, root);
  if (objects <= LIMITS.queryObjects.most) return;
  const message = `The query could answer with more than ${LIMITS.queryObjects.most.toLocaleString('en')} objects. Ask for smaller pages, or nest fewer lists.`;
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

/** Counts objects; each fragment once, however often it is spread. */
class CostCount {
  readonly #fragments = new Map<string, number>();

  constructor(private readonly request: CostRequest) {}

  of(set: SelectionSetNode, type: GraphQLObjectType): number {
    return set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + this.#ofField(selection, type);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + this.of(selection.selectionSet, type);
      return sum + this.#ofFragment(selection.name.value, type);
    }, 0);
  }

  #ofField(field: FieldNode, type: GraphQLObjectType): number {
    const definition = type.getFields()[field.name.value];
    if (!definition || !field.selectionSet) return 0;
    const named = getNamedType(definition.type);
    if (!isObjectType(named)) return 0;
    const isList = isListType(getNullableType(definition.type));
    // `nodes` and `edges` are as many as their connection's page, which was counted with it.
    const isPage = type.name.endsWith('Connection');
    const size = named.name.endsWith('Connection') ? this.#pageSize(field) : isList && !isPage ? ASSUMED_LIST_SIZE : 1;
    return size * (1 + this.of(field.selectionSet, named));
  }

  #ofFragment(name: string, type: GraphQLObjectType): number {
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    this.#fragments.set(name, 0);
    const fragment = this.request.document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name);
    const cost = fragment?.kind === Kind.FRAGMENT_DEFINITION ? this.of(fragment.selectionSet, type) : 0;
    this.#fragments.set(name, cost);
    return cost;
  }

  #pageSize(field: FieldNode): number {
    const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
    if (argument?.kind === Kind.INT) return Number(argument.value);
    const given = argument?.kind === Kind.VARIABLE ? this.request.variables[argument.name.value] : null;
    return typeof given === 'number' ? given : DEFAULT_PAGE_SIZE;
  }
}
