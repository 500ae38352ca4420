import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { PAGE_LISTS } from '../../graphql/counted-reply.js';
import { QueryWriter, type KnownArguments } from '../random-query.js';
import { randomValue } from './random-value.js';

export interface RandomOperation {
  readonly query: string;
  /** Values for its variables: given, null and absent, now and then wrong. */
  readonly variableSets: readonly Readonly<Record<string, unknown>>[];
}

const SETS = 2;

/**
 * A query as clients write them, that a list of numbers decides: most arguments are variables, whole or inside of objects; some are
 * literals; few fields have a directive.
 */
export function randomOperation(schema: GraphQLSchema, numbers: readonly number[], known: KnownArguments): RandomOperation {
  const writer = new OperationWriter(numbers, known);
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  const body = writer.selection(root, 1);
  const head = [...writer.variables].map(([name, type]) => `$${name}: ${type.toString()}`).join(', ');
  const query = `query Random${head === '' ? '' : `(${head})`} ${body} ${writer.fragments.join(' ')}`;
  return { query, variableSets: Array.from({ length: SETS }, () => writer.values()) };
}

class OperationWriter extends QueryWriter {
  readonly variables = new Map<string, GraphQLInputType>();

  values(): Record<string, unknown> {
    const choice = { pick: (below: number) => this.pick(below), known: this.known };
    const values = [...this.variables].map(([name, type]) => [name, randomValue(type, name.replace(/\d+$/, ''), choice)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  /** Lists of pages are seldom renamed. */
  protected override alias(name: string): string {
    return this.pick(PAGE_LISTS.has(name) ? 60 : 6) === 1 ? super.alias(name) : '';
  }

  protected override directive(): string {
    return this.pick(150) === 1 ? ' @include(if: true)' : '';
  }

  protected override argumentsOf(args: readonly GraphQLArgument[]): string {
    const chosen = args.filter((one) => isRequiredArgument(one) || this.pick(3) > 0);
    const written = chosen.map((one) => `${one.name}: ${this.#value(withoutNeed(one, this.pick(2)), one.name)}`);
    return written.length === 0 ? '' : `(${written.join(', ')})`;
  }

  #value(type: GraphQLInputType, name: string, level = 0): string {
    const plain = getNullableType(type);
    if (this.pick(3) > 0 || level > 2) return this.#variable(type, name);
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields()).filter((field) => isNonNullType(field.type) || this.pick(4) === 1);
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, field.name, level + 1)}`).join(', ')} }`;
    }
    if (isListType(plain)) return `[${this.#value(plain.ofType, name, level + 1)}]`;
    if (isEnumType(plain)) return plain.getValues()[this.pick(plain.getValues().length)]?.name ?? 'null';
    return plain.name === 'Int' ? String(1 + this.pick(3)) : this.#variable(type, name);
  }

  /** It is called after what it is for, and a number. */
  #variable(type: GraphQLInputType, purpose: string): string {
    const name = `${purpose}${this.variables.size}`;
    this.variables.set(name, type);
    return `$${name}`;
  }
}

/** What has a default may be asked with a variable that need not be given. */
function withoutNeed({ type, defaultValue }: GraphQLArgument, isWithout: number): GraphQLInputType {
  return isWithout && isNonNullType(type) && defaultValue !== undefined ? type.ofType : type;
}
