import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LIMITS } from '../kernel/limits/limits.js';
import { DEFAULT_PAGE_SIZE } from '../kernel/pagination.js';
import { weightOf } from '../kernel/limits/weight.js';
import { isConnection, LIST_ITEMS, usualBytes } from './usual-bytes.js';

/** What an operation could answer with. */
export interface Cost {
  readonly objects: number;
  readonly bytes: number;
}

export interface CountedOperation {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced by graphql-js. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The fields of one key of an answer: GraphQL merges them, and their selections with them. */
type MergedFields = readonly [FieldNode, ...FieldNode[]];

const NOTHING: Cost = { objects: 0, bytes: 0 };
/** `"key":` and a comma; braces of an object. */
const KEY_BYTES = 4;
const OBJECT_BYTES = 3;

/** The arguments of a page of a list. @throws PublicFault BAD_USER_INPUT */
export type PageSizeOf = (args: Readonly<Record<string, unknown>>) => number;

/**
 * Counts an operation as graphql-js would run it: fields of one key are merged, each selection is counted once per type,
 * however often fragments lead to it.
 */
export class CostCount {
  readonly #counted = new Map<string, Cost>();
  readonly #numbers = new Map<SelectionSetNode, number>();

  constructor(
    private readonly operation: CountedOperation,
    private readonly pageSizeOf: PageSizeOf,
  ) {}

  /** @param page entries of the page, when `type` is a connection */
  of(sets: readonly SelectionSetNode[], type: GraphQLCompositeType, page = 1): Cost {
    const key = `${type.name} ${page} ${sets.map((set) => this.#numberOf(set)).join(' ')}`;
    const known = this.#counted.get(key);
    if (known) return known;
    // Each key is at least one object of the answer: it is too large already.
    if (this.#counted.size > LIMITS.queryObjects.most) return { objects: Infinity, bytes: Infinity };
    const cost = [...this.#collect(sets)].map(([name, fields]) => this.#ofField(name, fields, { type, page })).reduce(plus, NOTHING);
    this.#counted.set(key, cost);
    return cost;
  }

  #ofField(name: string, fields: MergedFields, on: { readonly type: GraphQLCompositeType; readonly page: number }): Cost {
    const own: Cost = { objects: 0, bytes: name.length + KEY_BYTES };
    const definition = isUnionType(on.type) ? undefined : on.type.getFields()[fields[0].name.value];
    // Introspection has its own bound (limits.ts); a fragment on another type adds no field of this one.
    if (!definition) return plus(own, { objects: 0, bytes: on.type.name.length });
    const items = this.#itemsOf(definition, on);
    const named = getNamedType(definition.type);
    if (!isCompositeType(named)) return plus(own, { objects: 0, bytes: items * usualBytes(definition) });
    const page = isConnection(named) ? this.#pageOf(definition, fields) : 1;
    const sets = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const { work = 0 } = weightOf(definition.extensions);
    const entry = plus({ objects: 1 + work, bytes: OBJECT_BYTES }, this.of(sets, named, page));
    return plus(own, { objects: items * entry.objects, bytes: items * entry.bytes });
  }

  /** How many values the field has: of a connection as many as its page, of another list what is usual. */
  #itemsOf(definition: GraphQLField<unknown, unknown>, on: { readonly type: GraphQLCompositeType; readonly page: number }): number {
    if (!isList(definition.type)) return 1;
    return isConnection(on.type) ? on.page : (weightOf(definition.extensions).items ?? LIST_ITEMS);
  }

  #pageOf(definition: GraphQLField<unknown, unknown>, fields: MergedFields): number {
    const sizes = fields.map((field) => {
      const args = this.#argumentsOf(definition, field);
      // Arguments that cannot be read are refused where the field is run; until then they count in full.
      return args === null ? LIMITS.pageSize.most : this.pageSizeOf(args);
    });
    return Math.max(...sizes);
  }

  #argumentsOf(definition: GraphQLField<unknown, unknown>, field: FieldNode): Readonly<Record<string, unknown>> | null {
    try {
      return getArgumentValues(definition, field, this.operation.variables);
    } catch {
      return null;
    }
  }

  /** The fields of some selections by their keys, fragments opened. */
  #collect(sets: readonly SelectionSetNode[]): Map<string, [FieldNode, ...FieldNode[]]> {
    const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
    const opened = new Set<string>();
    const open = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (!this.#isIncluded(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          const merged = fields.get(key);
          if (merged) merged.push(selection);
          else fields.set(key, [selection]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) open(selection.selectionSet);
        else if (!opened.has(selection.name.value)) {
          opened.add(selection.name.value);
          const fragment = this.operation.fragments.get(selection.name.value);
          if (fragment) open(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) open(set);
    return fields;
  }

  /** Only what really is skipped lowers the count: directives are read with the values that they will have. */
  #isIncluded(selection: SelectionNode): boolean {
    const { variables } = this.operation;
    if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false;
  }

  #numberOf(set: SelectionSetNode): number {
    const known = this.#numbers.get(set);
    if (known !== undefined) return known;
    this.#numbers.set(set, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

const plus = (a: Cost, b: Cost): Cost => ({ objects: a.objects + b.objects, bytes: a.bytes + b.bytes });

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

/** The page size that arguments ask for: the larger one of `first` and `last`, although only one is taken. */
export function askedPageSize({ first, last }: Readonly<Record<string, unknown>>): number {
  const sizes = [first, last].filter((size) => typeof size === 'number');
  return sizes.length === 0 ? DEFAULT_PAGE_SIZE : Math.max(...sizes);
}
