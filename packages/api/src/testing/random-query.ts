import { getNamedType, isObjectType, isRequiredArgument, type GraphQLArgument, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { LIMITS } from '../kernel/limits/limits.js';

/** Values for arguments, by their names; what is missing here is not asked. */
export type KnownArguments = Readonly<Record<string, readonly string[]>>;

export interface RandomQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Deeper than this nothing is nested; the limit of the API is 10. */
const MOST_LEVELS = 8;
const PAGE_ARGUMENTS: readonly string[] = [
  '',
  '(first: 1)',
  '(first: 3)',
  '(first: 40)',
  '(first: $three)',
  '(first: $defaulted)',
  '(first: $absent)',
];
const DIRECTIVES: readonly string[] = ['', '', '', ' @skip(if: $no)', ' @include(if: $no)', ' @skip(if: $yes)', ' @include(if: $yes)'];
const HEAD = 'query($three: Int, $defaulted: Int = 2, $absent: Int, $yes: Boolean = true, $no: Boolean!)';
const TOP_PAGES: ReadonlySet<string> = new Set(['products', 'downloadables']);
/** Their values are objects of JSON, which are no objects of the schema. */
const JSON_TYPE = 'JSONObject';

/**
 * A query over a schema that a list of numbers decides: the same numbers give the same query, fewer a smaller one. It has
 * aliases, inline and named fragments, directives, pages by literals, variables and defaults.
 */
export function randomQuery(schema: GraphQLSchema, numbers: readonly number[], known: KnownArguments): RandomQuery {
  const writer = new QueryWriter(numbers, known);
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  const body = writer.selection(root, 1);
  const uses = `x1: __typename @skip(if: $no) x2: __typename @skip(if: $yes) x3: products(first: $three) { totalCount } x4: products(first: $defaulted) { totalCount } x5: products(first: $absent) { totalCount }`;
  const query = `${HEAD} ${body.replace(/^\{/, `{ ${uses} `)} ${writer.fragments.join(' ')}`;
  return { query, variables: { three: 3, no: false } };
}

/** Writes the selections of a query, as numbers decide. */
export class QueryWriter {
  readonly fragments: string[] = [];
  #next = 0;
  #aliases = 5;

  constructor(
    private readonly numbers: readonly number[],
    protected readonly known: KnownArguments,
  ) {}

  selection(type: GraphQLObjectType, level: number): string {
    const fields = Object.values(type.getFields()).filter((field) => getNamedType(field.type).name !== JSON_TYPE);
    // What leads on is chosen more often: single texts say little about the cost.
    const leading = fields.filter((field) => isObjectType(getNamedType(field.type)));
    const pool = [...fields, ...leading, ...leading];
    const wanted = 1 + this.pick(4);
    // Each field at most once: the arguments of two under one key would contradict each other.
    const chosen = new Set(Array.from({ length: wanted }, () => pool[this.pick(pool.length)]));
    // Pages are never missing at the top: what starts at one object by its id answers little.
    if (level === 1) for (const field of fields) if (TOP_PAGES.has(field.name)) chosen.add(field);
    const written = [...chosen].flatMap((field) => {
      const args = field && this.argumentsOf(field.args);
      if (!field || args === null || args === undefined) return [];
      const named = getNamedType(field.type);
      if (!isObjectType(named)) return [`${this.alias(field.name)}${field.name}${args}${this.directive()}`];
      if (level >= MOST_LEVELS) return [];
      return [`${this.alias(field.name)}${field.name}${args}${this.directive()} ${this.selection(named, level + 1)}`];
    });
    return `{ __typename ${written.map((field) => this.#wrapped(field, type)).join(' ')} }`;
  }

  protected pick(below: number): number {
    const number = this.numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % below;
  }

  /** Now and then a field is renamed, within the limit of a document. */
  protected alias(_name: string): string {
    if (this.#aliases >= LIMITS.queryAliases.most || this.pick(6) > 0) return '';
    this.#aliases += 1;
    return `k${this.#aliases}: `;
  }

  protected directive(): string {
    return DIRECTIVES[this.pick(DIRECTIVES.length)] ?? '';
  }

  #wrapped(field: string, type: GraphQLObjectType): string {
    const way = this.pick(4);
    if (way === 1) return `... on ${type.name} { ${field} }`;
    if (way !== 2) return field;
    const name = `f${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type.name} { ${field} }`);
    return `...${name} ...${name}`;
  }

  /** Null: a required argument has no known value. */
  protected argumentsOf(args: readonly GraphQLArgument[]): string | null {
    if (args.some(({ name }) => name === 'first')) return PAGE_ARGUMENTS[this.pick(PAGE_ARGUMENTS.length)] ?? '';
    const required = args.filter((one) => isRequiredArgument(one) || this.known[one.name]);
    const written = required.map(({ name }) => {
      const values = this.known[name];
      return values ? `${name}: ${values[this.pick(values.length)]}` : null;
    });
    if (written.includes(null)) return null;
    return written.length === 0 ? '' : `(${written.join(', ')})`;
  }
}
