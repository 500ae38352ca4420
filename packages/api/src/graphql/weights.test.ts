import { getNamedType, getNullableType, isEnumType, isListType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { expect, it } from 'vitest';
import { weightOf } from '../kernel/limits/weight.js';
import { assembleBareSchema } from '../app/bare-schema.js';
import { isConnection } from './usual-bytes.js';
import { SHORT_TEXTS } from './short-texts.cases.js';

interface Declared {
  readonly name: string;
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

const schema = assembleBareSchema();
const fields: readonly Declared[] = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith('__')
    ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, type, field }))
    : [],
);

/** Fields of which a method makes the value. */
const computed: ReadonlySet<string> = new Set(
  getMetadataStorage().fieldResolvers.map((resolver) => {
    const target = resolver.getObjectType?.();
    const owner = getMetadataStorage().objectTypes.find((type) => type.target === target);
    return `${owner?.name}.${resolver.schemaName}`;
  }),
);

/** Values of these types have one length, or nearly. */
const FIXED: ReadonlySet<string> = new Set(['Boolean', 'ByteSize', 'CalendarDate', 'DateTime', 'ID', 'Int']);
const isFixed = ({ field }: Declared): boolean => isEnumType(getNamedType(field.type)) || FIXED.has(getNamedType(field.type).name);

const withoutItems = fields.filter(
  ({ type, field }) => isListType(getNullableType(field.type)) && !isConnection(type) && weightOf(field.extensions).items === undefined,
);
const withoutBytes = fields.filter((one) => {
  const named = getNamedType(one.field.type);
  return !isObjectType(named) && !isFixed(one) && weightOf(one.field.extensions).bytes === undefined;
});
const isListOf = ({ field }: Declared): boolean => isListType(getNullableType(field.type));

it('every list without pages says how many entries it usually has', () => {
  expect(withoutItems.map(({ name }) => name)).toEqual([]);
});

it('every text and object of JSON that a method makes says how long it usually is', () => {
  const undeclared = withoutBytes.filter((one) => computed.has(one.name) && !isListOf(one));
  expect(undeclared.map(({ name }) => name)).toEqual([]);
});

it('every other text says how long it usually is, or is known to be short', () => {
  const undeclared = withoutBytes.filter(({ name }) => !computed.has(name) && !SHORT_TEXTS.has(name));
  expect(undeclared.map(({ name }) => name).filter((name) => !/^\w+Edge\.cursor$/.test(name))).toEqual([]);
});

it('a text that is listed as short exists and declares nothing else', () => {
  const known = new Set(withoutBytes.map(({ name }) => name));
  expect([...SHORT_TEXTS].filter((name) => !known.has(name))).toEqual([]);
});
