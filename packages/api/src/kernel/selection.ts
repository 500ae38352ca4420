import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/**
 * The fields that a request selects of an object; by their names in the schema, whatever their aliases. What is below a field is looked at
 * only when somebody asks: documents of a few hundred words can lead along more paths than there is time for.
 */
export class Selection {
  readonly #fields = new Map<string, SelectionSetNode[]>();

  constructor(
    sets: readonly SelectionSetNode[],
    private readonly fragments: Fragments,
  ) {
    const opened = new Set<string>();
    for (const set of sets) this.#collect(set, opened);
  }

  get size(): number {
    return this.#fields.size;
  }

  get names(): readonly string[] {
    return [...this.#fields.keys()];
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** What is selected below a path of fields, wherever the path begins among these. */
  below(...path: readonly string[]): Selection {
    return path.reduce((at: Selection, name) => new Selection(at.#fields.get(name) ?? [], this.fragments), this);
  }

  /** Whether something is selected, and nothing but these. */
  isWithin(names: ReadonlySet<string>): boolean {
    return this.size > 0 && this.names.every((name) => names.has(name));
  }

  /** @param opened fragments that are part of this already: to spread one again adds nothing, and takes twice as long each time */
  #collect({ selections }: SelectionSetNode, opened: Set<string>): void {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) {
        const sets = this.#fields.get(one.name.value) ?? [];
        this.#fields.set(one.name.value, sets);
        if (one.selectionSet) sets.push(one.selectionSet);
      } else if (one.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(one.selectionSet, opened);
      } else if (!opened.has(one.name.value)) {
        opened.add(one.name.value);
        const fragment = this.fragments[one.name.value];
        if (fragment) this.#collect(fragment.selectionSet, opened);
      }
    }
  }
}

/**
 * What is selected of the field that is being resolved. Fragments are part of it whatever their type, and so is what `@skip` or `@include`
 * may leave out: it may name more than is answered, never less.
 */
export const selectionOf = ({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection =>
  new Selection(
    fieldNodes.flatMap(({ selectionSet }: FieldNode) => selectionSet ?? []),
    fragments,
  );
