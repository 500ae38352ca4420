import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLField, type GraphQLInputType } from 'graphql';
import type { Client } from '../client.js';
import { FOREVER } from './matrix-world.js';

/** Calls a root field with made-up arguments. @returns the first error's code, or NONE */
export async function probe(client: Client, root: string, field: GraphQLField<unknown, unknown>): Promise<string> {
  const required = field.args.filter((argument) => isNonNullType(argument.type));
  const variables = Object.fromEntries(required.map((argument) => [argument.name, sampleOf(argument.type)]));
  const declared = required.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const given = required.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const query = `${root.toLowerCase()}${declared ? `(${declared})` : ''} { ${field.name}${given ? `(${given})` : ''} { __typename } }`;
  const { errors, status } = await client.graphql(query, variables);
  return errors[0]?.extensions.code ?? (status === 401 ? 'UNAUTHENTICATED' : 'NONE');
}

function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return SAMPLES[type.name] ?? 'x';
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1,
  Boolean: true,
  ByteSize: 10,
  DateTime: FOREVER,
  ID: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};
