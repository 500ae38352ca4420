import { getNamedType, isEnumType, type GraphQLField, type GraphQLNamedType } from 'graphql';
import { weightOf } from '../kernel/limits/weight.js';

/** Entries of a list for which nothing else is declared. */
export const LIST_ITEMS = 10;

/** What values of a type usually come to, in bytes; texts that may be longer declare their weight (`@Weight`). */
const USUAL_BYTES: Readonly<Record<string, number>> = {
  Boolean: 5,
  ByteSize: 12,
  CalendarDate: 12,
  DateTime: 26,
  ID: 28,
  Int: 8,
  JSONObject: 500,
  String: 60,
};
const ENUM_BYTES = 16;
const OTHER_BYTES = 100;

/** What one value of a leaf field usually comes to. */
export function usualBytes(field: GraphQLField<unknown, unknown>): number {
  const type = getNamedType(field.type);
  return weightOf(field.extensions).bytes ?? (isEnumType(type) ? ENUM_BYTES : (USUAL_BYTES[type.name] ?? OTHER_BYTES));
}

/** A page of a list; its `nodes` and `edges` are as many as the page asks for. */
export const isConnection = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');
