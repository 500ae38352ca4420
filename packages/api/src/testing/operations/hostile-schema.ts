import {
  buildSchema,
  getNamedType,
  getNullableType,
  GraphQLEnumType,
  isEnumType,
  isListType,
  isObjectType,
  isScalarType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { DateTime } from '../../kernel/scalars.js';

/** Every form that a type of the API has, and nothing of what it stands for. */
const SDL = `
  enum Colour { RED GREEN }
  scalar DateTime
  input Box { size: Int colours: [Colour!] inner: Inner at: DateTime name: String id: ID on: Boolean grid: [[Int]] inners: [Inner!] ratio: Float }
  input Inner { count: Int must: Boolean! innermost: [[Innermost!]] at: [DateTime!] }
  input Innermost { colour: Colour id: ID! }
  input Endless { on: Boolean inside: [Endless!] }
  type Thing {
    id: ID name: String! count: Int ratio: Float on: Boolean! colour: Colour at: DateTime names: [String] grid: [[Int!]!]
    read: String readAll: [Int] thing(depth: Int! = 1): Thing must(box: Box): Thing! things(first: Int): [Thing!] listed: [[Thing]]
    echo(box: Box, boxes: [Box!], n: Int = 7, need: Int! = 8, text: String, id: ID, colour: Colour = GREEN, at: DateTime, on: Boolean, ids: [ID!], ratio: Float, endless: Endless): String!
  }
  type Query { thing: Thing must: Thing! things(first: Int, id: ID): [Thing] echo(box: Box!, boxes: [[Box]]): String }
`;

/** A field that is no list asks nothing of it: that it rejects is known. */
function rejected(): Promise<never> {
  const promise = Promise.reject(new Error('rejected in a list'));
  promise.catch(() => undefined);
  return promise;
}

function* emptyGenerator(): Generator<never, void> {
  // Nothing.
}

/** What a field answers with that does not do as it should. */
const FAULTS: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => new Error('returned'),
  () => Promise.resolve(null),
  () => Promise.reject(new Error('rejected')),
  async () => emptyGenerator().throw(undefined),
  () => {
    throw new Error('thrown');
  },
  // What is thrown into it comes out again: here, what is no Error.
  () => emptyGenerator().throw('a text'),
  () => NaN,
  () => ({ an: 'object' }),
  () => [new Error('in a list'), rejected(), null],
];

/** @param behaviour for a place in the answer, a number that decides what is answered there; few of them are faults */
export function hostileSchema(behaviour: (place: string) => number): GraphQLSchema {
  const schema = buildSchema(SDL);
  const colour = schema.getType('Colour');
  // Their values are not their names, as in the API.
  if (isEnumType(colour)) for (const one of colour.getValues()) one.value = `the ${one.name.toLowerCase()}`;
  Object.assign(schema.getType('DateTime') ?? {}, DateTime.toConfig());
  for (const type of [schema.getType('Thing'), schema.getType('Query')]) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('read')) continue;
      field.resolve = (_source, args: unknown, _context, { path }) => {
        const keys: (string | number)[] = [];
        for (let step: typeof path | undefined = path; step; step = step.prev) keys.unshift(step.key);
        const number = behaviour(keys.join('.'));
        const fault = FAULTS[number % 400];
        if (fault) return fault();
        const value = field.name === 'echo' ? inOrder(args) : usual(field.type, number, keys.length);
        return number % 2 === 0 ? value : Promise.resolve(value);
      };
    }
  }
  return schema;
}

/** Arguments come in another order, which nobody sees who asks for them by name. */
const inOrder = (args: unknown): string =>
  JSON.stringify(args, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Lists are empty far from the root: each level would multiply the answer. */
const FAR = 5;

function usual(type: GraphQLOutputType, number: number, depth: number): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) {
    const items = Array.from({ length: depth > FAR ? 0 : number % 3 }, (_, index) => usual(plain.ofType, number + index, depth + 1));
    return number % 3 === 0 ? items.map((one) => Promise.resolve(one)) : items;
  }
  const named = getNamedType(plain);
  if (named instanceof GraphQLEnumType) return number % 50 === 1 ? 'no colour' : 'the red';
  if (!isScalarType(named))
    return {
      read: number % 9 === 0 ? null : number % 40 === 1 ? {} : 'text',
      readAll: number % 7 === 0 ? new Set([1, 2]) : [number, null],
    };
  if (named.name === 'DateTime') return new Date(number);
  if (named.name === 'Boolean') return number % 2 === 0;
  return number % 10;
}
