import {
  astFromValue,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  print,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import type { Client } from '../client.js';

type Field = GraphQLField<unknown, unknown>;
type Arguments = Readonly<Record<string, unknown>>;

/** What was answered at one place of the schema. */
export interface Answer {
  /** `Downloadable.product` */
  readonly place: string;
  readonly text: string;
}

/** Asks as one client, along the schema. */
export interface Walk {
  readonly client: Client;
  /** Called with every answer. */
  readonly seen: (answer: Answer) => void;
  /** Arguments of nested fields that need some. */
  readonly argumentsOf: (field: Field) => Arguments;
}

/** From one root field on, every field that answers something, each once: all values of a type, then all that leads on from it. */
export async function walkFrom(walk: Walk, root: Field, given: Arguments): Promise<void> {
  const visited = new Set<string>();
  const begin = step({ name: 'Query' }, root, given);
  await visit(walk, [begin], visited);
}

interface Step {
  readonly place: string;
  readonly call: string;
  readonly type: GraphQLNamedType;
}

function step(parent: { readonly name: string }, field: Field, given: Arguments): Step {
  const passed = field.args.flatMap(({ name, type }) => (given[name] === undefined ? [] : [`${name}: ${literal(given[name], type)}`]));
  const call = `${field.name}${passed.length > 0 ? `(${passed.join(', ')})` : ''}`;
  return { place: `${parent.name}.${field.name}`, call, type: getNamedType(field.type) };
}

function literal(value: unknown, type: GraphQLInputType): string {
  const node = astFromValue(value, type);
  return node ? print(node) : 'null';
}

async function visit(walk: Walk, path: readonly Step[], visited: Set<string>): Promise<void> {
  const last = path.at(-1);
  if (!last || visited.has(last.place)) return;
  visited.add(last.place);
  const { type } = last;
  const inner = isObjectType(type) ? ` { __typename ${valuesOf(type).join(' ')} }` : '';
  const query = path.reduceRight((below, { call }, index) => (index === path.length - 1 ? call + below : `${call} { ${below} }`), inner);
  const { data, errors } = await walk.client.graphql(`{ ${query} }`);
  const text = JSON.stringify({ data, errors });
  walk.seen({ place: last.place, text });
  if (!isObjectType(type) || !text.includes(`"__typename":"${type.name}"`)) return;
  for (const field of Object.values(type.getFields())) {
    if (isLeafType(getNamedType(field.type)) && !needsArguments(field)) continue;
    // Its nodes are those of `nodes`.
    if (field.name === 'edges') continue;
    await visit(walk, [...path, step(type, field, needsArguments(field) ? walk.argumentsOf(field) : {})], visited);
  }
}

/** The fields that are values and ask for nothing. */
const valuesOf = (type: GraphQLObjectType): readonly string[] =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !needsArguments(field))
    .map(({ name }) => name);

const needsArguments = ({ args }: Field): boolean => args.some(({ type }) => isNonNullType(type));
