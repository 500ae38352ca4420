import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/** The fields that a request selects of an object, each with those below it; by their names in the schema, whatever their aliases. */
export type Selection = ReadonlyMap<string, Selection>;

type Fragments = GraphQLResolveInfo['fragments'];

/** Documents are kept between requests, and their nodes with them. */
const known = new WeakMap<FieldNode, Selection>();

/**
 * What is selected of the field that is being resolved. Fragments are part of it whatever their type, and so is what `@skip` or `@include`
 * may leave out: it may name more than is answered, never less.
 */
export function selectionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection {
  const [only] = fieldNodes;
  const before = only && fieldNodes.length === 1 ? known.get(only) : undefined;
  if (before) return before;
  const selection = new Map<string, Map<string, never>>();
  for (const { selectionSet } of fieldNodes) if (selectionSet) collect(selectionSet, fragments, selection);
  if (only && fieldNodes.length === 1) known.set(only, selection);
  return selection;
}

interface Growing extends Map<string, Growing> {}

function collect({ selections }: SelectionSetNode, fragments: Fragments, into: Growing): void {
  for (const one of selections) {
    if (one.kind === Kind.FIELD) {
      const below = into.get(one.name.value) ?? (new Map() as Growing);
      into.set(one.name.value, below);
      if (one.selectionSet) collect(one.selectionSet, fragments, below);
    } else {
      const set = one.kind === Kind.INLINE_FRAGMENT ? one.selectionSet : fragments[one.name.value]?.selectionSet;
      if (set) collect(set, fragments, into);
    }
  }
}

const NOTHING: Selection = new Map();

/** What is selected below a path of fields, wherever the path begins among these. */
export const below = (selection: Selection, ...path: readonly string[]): Selection =>
  path.reduce((at: Selection, name) => at.get(name) ?? NOTHING, selection);

/** Whether something is selected, and nothing but these. */
export const isWithin = (selection: Selection, names: ReadonlySet<string>): boolean =>
  selection.size > 0 && [...selection.keys()].every((name) => names.has(name));
