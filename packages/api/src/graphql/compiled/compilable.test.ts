import {
  buildSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isObjectType,
  getNullableType,
  Kind,
  parse,
  type OperationDefinitionNode,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { assembleBareSchema } from '../../app/bare-schema.js';
import { PAGE_LISTS } from '../counted-reply.js';
import { isConnection } from '../usual-bytes.js';
import { COUNTING_FIELDS, judgeCompilable } from './compilable.js';

const small = buildSchema(`
  input Box { a: Int text: String many: [Int] inner: Inner }
  input Inner { a: Int }
  input Endless { inside: Endless }
  type Page { nodes: [Page] }
  type Query { a(box: Box, n: Int, text: String, endless: Endless): Int page: Page updateCheck: Int }
  type Mutation { a: Int }
`);

function judge(text: string): readonly string[] | null {
  const document = parse(text);
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  const rule = operation ? judgeCompilable({ schema: small, document, operation }) : null;
  return rule && [...rule.givenVariables];
}

/** What runs as compiled code, and the variables that have to be given for that. */
const COMPILED: readonly (readonly [text: string, given: readonly string[]])[] = [
  ['{ a }', []],
  ['{ __typename b: a ...F } fragment F on Query { a }', []],
  ['query Named($n: Int) { a(n: $n) ... on Query { a(n: $n) } }', []],
  ['query($box: Box!) { a(box: $box, n: 3) }', []],
  ['query($a: Int) { a(box: { a: $a, many: [1, null] }) }', ['a']],
  ['query($a: Int, $n: Int) { a(n: $n, box: { inner: { a: $a } }) }', ['a']],
  ['{ pages: page { nodes { nodes { __typename } } } }', []],
];

/** What is left to graphql-js. */
const LEFT: readonly (readonly [what: string, text: string])[] = [
  ['a mutation', 'mutation { a }'],
  ['one of several operations', 'query A { a } query B { a }'],
  ['introspection', '{ __schema { description } }'],
  ['a directive', 'query($on: Boolean!) { a @include(if: $on) }'],
  ['a directive of a fragment', '{ ... on Query @skip(if: false) { a } }'],
  ['a default of a variable', 'query($n: Int = 1) { a(n: $n) }'],
  ['a text', '{ a(text: "x") }'],
  ['a text in an object', '{ a(box: { text: "x" }) }'],
  ['a text that graphql-jit would run as code', '{ a(text: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0),y:process.exit(1") }'],
  ['an input that contains itself', 'query($endless: Endless) { a(endless: $endless) }'],
  ['a name that would be a prototype', '{ __proto__: a }'],
  ['a name that could be mistaken for two', '{ a_b: a }'],
  ['a variable that every object has', 'query($toString: Int) { a(n: $toString) }'],
  ['a list of a page under another name', '{ page { all: nodes { __typename } } }'],
  ['something else under the name of such a list', '{ nodes: page { __typename } }'],
  ['what counts guesses', '{ updateCheck }'],
  ['more fields than are worth it', `{ ${Array.from({ length: 501 }, (_, place) => `a${place}: a`).join(' ')} }`],
  [
    'fragments that come to more',
    `{ ...F0 } ${Array.from({ length: 9 }, (_, place) => `fragment F${place} on Query { ...F${place + 1} ...F${place + 1} }`).join(' ')} fragment F9 on Query { a }`,
  ],
];

describe('an operation is compiled', () => {
  it.each(COMPILED)('when it is %s', (text, given) => {
    expect(judge(text)).toEqual(given);
  });

  it.each(LEFT)('never when it has %s', (_what, text) => {
    expect(judge(text)).toBeNull();
  });
});

/** What the rule relies on. */
describe('the schema', () => {
  const schema = assembleBareSchema();
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const fields = types.filter(isObjectType).flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

  it('has no defaults in inputs, which compiled code would leave out', () => {
    const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
    expect(inputs.filter(({ defaultValue }) => defaultValue !== undefined)).toEqual([]);
  });

  it('has no types of which the answer decides, and checks none: their faults would end the server', () => {
    expect(types.filter((type) => isAbstractType(type) || (isObjectType(type) && type.isTypeOf != null))).toEqual([]);
  });

  it('reads plain fields from properties, not from getters, which could fail outside of what is caught', () => {
    const getters = getMetadataStorage().objectTypes.flatMap(({ target, fields: declared = [] }) =>
      declared.filter(({ name }) => Object.getOwnPropertyDescriptor(target.prototype, name)?.get !== undefined).map(({ name }) => name),
    );
    expect(getters).toEqual([]);
  });

  it('calls the lists of pages by names that nothing else has', () => {
    const lists = fields.filter(({ type, field }) => isConnection(type) && isListType(getNullableType(field.type)));
    expect(new Set(lists.map(({ field }) => field.name))).toEqual(PAGE_LISTS);
    expect(fields.filter(({ type, field }) => PAGE_LISTS.has(field.name) && !isConnection(type))).toEqual([]);
  });

  it('has names of types and fields that are different when they are joined, as compiled code joins them', () => {
    const joined = fields.map(({ type, field }) => `${type.name}${field.name}`);
    expect(new Set(joined).size).toBe(joined.length);
    expect(fields.filter(({ field }) => !/^[a-z][A-Za-z0-9]*$/.test(field.name))).toEqual([]);
  });

  it('has query inputs that all come to an end', () => {
    const endless = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name, args }) =>
      args.filter(({ type }) => {
        const text = `query($x: ${type.toString()}) { a(n: $x) }`;
        const document = parse(text);
        const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
        return isInputObjectType(getNamedType(type)) && operation && judgeCompilable({ schema, document, operation }) === null ? name : '';
      }),
    );
    expect(endless).toEqual([]);
  });

  it('takes keys, whose guesses are counted, only in queries that are asked once', () => {
    const taking = fields
      .filter(({ type }) => type === schema.getQueryType() || !isObjectType(type))
      .filter(({ field }) =>
        field.args.some(({ type: argument }) => {
          const input = getNamedType(argument);
          return isInputObjectType(input) && 'licenseKey' in input.getFields();
        }),
      )
      .map(({ field }) => field.name);
    expect(new Set(taking)).toEqual(COUNTING_FIELDS);
  });
});
