import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  parse,
  typeFromAST,
  validate,
  type DocumentNode,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits/limits.js';
import { assembleBareSchema } from '../app/bare-schema.js';
import { costOf, requireAffordable, type CostRequest } from './cost.js';

const schema = assembleBareSchema();

function requestOf(query: string | DocumentNode, variables: Record<string, unknown> = {}, name?: string): CostRequest {
  const document = typeof query === 'string' ? parse(query) : query;
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION && (name === undefined || one.name?.value === name),
  );
  return { schema, document, operation, variables };
}

const objectsOf = (query: string, variables = {}): number | undefined => costOf(requestOf(query, variables))?.objects;

/** The sentence with which an operation is refused; null when it is not. */
function refusalOf(query: string, variables: Record<string, unknown> = {}): string | null {
  try {
    requireAffordable(requestOf(query, variables));
    return null;
  } catch (error) {
    return (error as Error).message; // requireAffordable throws GraphQLErrors only
  }
}

const ALIASED = 'a:changelogHtml b:changelogHtml c:changelogHtml d:changelogHtml';
const NESTED = 'downloadables(first:100){nodes{product{downloadables(first:100){nodes{id}}}}}';

describe('the computed cost of a query', () => {
  it('of nested pages with long texts under several names is refused, and the page that fits is named', () => {
    const query = (n: number): string =>
      `{product(id:"P"){downloadables(first:${n}){nodes{product{downloadables(first:${n}){nodes{${ALIASED}}}}}}}}`;
    const refusal = refusalOf(query(20));
    expect(refusal).toMatch(
      /^The query could answer with more than 5 MB: ask for pages of at most (\d+) entries, or select fewer fields\.$/,
    );
    const fitting = Number(/at most (\d+)/.exec(refusal ?? '')?.[1]);
    expect([refusalOf(query(fitting)), refusalOf(query(fitting + 1))]).toEqual([null, refusal]);
  });

  it.each(['changelog', 'changelogHtml', 'changelog changelogHtml'])('lets a sync read 100 releases with %s', (fields) => {
    expect(refusalOf(`{downloadables(first:100){nodes{id version ${fields}}}}`)).toBeNull();
  });

  it.each([
    ['a variable’s default', `query($n:Int=100){${NESTED.replaceAll('first:100', 'first:$n')}}`, {}],
    ['last beside a first of null', `{${NESTED.replaceAll('first:100', 'first:null,last:100')}}`, {}],
    ['last beside a variable of null', `query($n:Int){${NESTED.replaceAll('first:100', 'first:$n,last:100')}}`, { n: null }],
    ['a fragment of another name', `{...f} fragment f on Query{${NESTED}}`, {}],
    ['an inline fragment', `{...on Query{...{${NESTED}}}}`, {}],
    ['a field asked for twice, in parts', `{downloadables(first:100){totalCount} ${NESTED}}`, {}],
    [
      'a directive that skips nothing',
      `query($s:Boolean=false){downloadables(first:100)@skip(if:$s){nodes{product{downloadables(first:100){nodes{id}}}}}}`,
      {},
    ],
    ['another field that is cheap', `{products(first:1){nodes{id}} ${NESTED}}`, {}],
  ])('is not lowered by %s', (_what, query, variables) => {
    expect(refusalOf(query, variables)).toMatch(
      /^The query could answer with more than 10,000 objects: ask for pages of at most \d+ entries/,
    );
  });

  it.each([
    ['negative', '{products(first:-2000000000){nodes{id}} downloadables(first:100){nodes{id}}}', -2_000_000_000],
    ['negative from the end', '{downloadables(last:-1){nodes{id}}}', -1],
    ['0', '{products(first:0){nodes{id}}}', 0],
    ['too large', '{products(first:101){nodes{id}}}', 101],
    ['hidden in a variable’s default', 'query($n:Int=-5){products(first:$n){nodes{id}}}', -5],
  ])('is refused with a page size that is %s', (_what, query, size) => {
    expect(refusalOf(query)).toBe(`Ask for 1 to 100 entries at a time, not ${size}.`);
  });

  it('counts what is read to find an answer, so that a page of products is not searched at once', () => {
    expect(objectsOf('{product(id:"P"){offered{id}}}')).toBeGreaterThan(1_000);
    expect(refusalOf('{products(first:100){nodes{offered{id}}}}')).toContain('10,000');
  });

  it('counts a list without pages as long as it usually is', () => {
    expect(objectsOf('{downloadable(id:"D"){revisions{number}}}')).toBe(1 + 4);
    expect(objectsOf('{downloadable(id:"D"){revisions{assets{id}}}}')).toBe(1 + 4 + 4 * 12);
    expect(objectsOf('mutation{signOut(input:{}){userErrors{code}}}')).toBe(1 + 1);
  });

  it('says that fewer fields are needed where no page is the cause', () => {
    const names = Array.from({ length: 15 }, (_, index) => `a${index}:changelogHtml`).join(' ');
    const lists = Array.from({ length: 100 }, (_, index) => `x${index}:downloadable(id:"${index}"){revisions{${names}}}`).join(' ');
    expect(refusalOf(`{${lists}}`)).toBe(
      'The query could answer with more than 5 MB: select fewer fields, or ask for fewer objects at a time.',
    );
  });

  it('counts nodes and edges of one connection, and what an alias asks for again', () => {
    const one = objectsOf('{products(first:10){nodes{id}}}');
    expect(one).toBe(11);
    expect(objectsOf('{products(first:10){nodes{id} edges{node{id}} pageInfo{endCursor}}}')).toBe(32);
    expect(objectsOf('{a:products(first:10){nodes{id}} b:products(first:10){nodes{id}}}')).toBe(22);
    expect(objectsOf('{products(first:10){nodes{id}} ...on Query{products(first:10){nodes{id name}}}}')).toBe(one);
  });

  it('is lowered by what really is skipped', () => {
    const query = 'query($s:Boolean!){products(first:10)@skip(if:$s){nodes{id}} vendor@include(if:$s){name}}';
    expect([objectsOf(query, { s: true }), objectsOf(query, { s: false })]).toEqual([1, 11]);
  });
});

/** A usual value of an input: what is required, and the largest page. */
function usualValue(type: GraphQLInputType): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [];
  if (isInputObjectType(plain)) {
    const required = Object.values(plain.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, usualValue(field.type)]));
  }
  const usual: Record<string, unknown> = {
    Int: LIMITS.pageSize.most,
    Boolean: true,
    DateTime: '2026-01-01T00:00:00Z',
    CalendarDate: '2026-01-01',
    ByteSize: 1,
  };
  if (isScalarType(plain)) return usual[plain.name] ?? 'x';
  return 'getValues' in plain ? plain.getValues()[0]?.name : 'x';
}

const webFolder = join(import.meta.dirname, '../../../web/src');
const webFiles = readdirSync(webFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
const webDocument = parse(webFiles.map((file) => readFileSync(join(webFolder, file), 'utf8')).join('\n'));
const webOperations = webDocument.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);

describe('the web client', () => {
  it('has operations, and they suit the schema', () => {
    expect(webOperations.length).toBeGreaterThan(50);
    expect(validate(schema, webDocument)).toEqual([]);
  });

  it.each(webOperations.map((operation) => [operation.name?.value ?? '', operation] as const))(
    'stays within the limits with %s, with the largest pages',
    (name, operation) => {
      const given = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
        // The document was validated: its types are those of inputs.
        return [variable.name.value, usualValue(typeFromAST(schema, type as never) as GraphQLInputType)];
      });
      const request = requestOf(webDocument, Object.fromEntries(given) as Record<string, unknown>, name);
      expect(costOf(request)).not.toBeNull();
      expect(() => requireAffordable(request)).not.toThrow();
    },
  );
});
