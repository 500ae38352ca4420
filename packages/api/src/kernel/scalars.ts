import { checkCalendarDate } from '@slipway/shared';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';

const fail = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

function toCalendarDate(value: unknown): string {
  if (typeof value !== 'string') return fail('CalendarDate: expected a text such as "2026-03-01".');
  // A value that is refused is not repeated: it may have come into the wrong field.
  return checkCalendarDate(value) ? fail('CalendarDate: expected a day that exists, such as "2026-03-01".') : value;
}

/** A day without time or zone, `YYYY-MM-DD`; read in the vendor's zone. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'CalendarDate',
  description: 'A calendar date in the vendor’s time zone, for example `2026-03-01`.',
  serialize: toCalendarDate,
  parseValue: toCalendarDate,
  parseLiteral: (node: ValueNode) =>
    node.kind === Kind.STRING ? toCalendarDate(node.value) : fail('CalendarDate: expected a text such as "2026-03-01".'),
});

function toByteSize(value: unknown): number {
  const size = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : value;
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  return fail('ByteSize: expected a whole number of bytes, 0 or more.');
}

/** A number of bytes; larger than Int allows. */
export const ByteSize = new GraphQLScalarType<number, number>({
  name: 'ByteSize',
  description: 'A whole number of bytes, up to 2^53 - 1.',
  serialize: toByteSize,
  parseValue: toByteSize,
  parseLiteral: (node: ValueNode) =>
    node.kind === Kind.INT ? toByteSize(node.value) : fail('ByteSize: expected a whole number of bytes, 0 or more.'),
});

/** Years that every database keeps as they are, four digits in UTC. */
const MIN_YEAR = 1_000;
const MAX_YEAR = 9_999;

function inRange(instant: Date): Date {
  const year = instant.getUTCFullYear();
  return year >= MIN_YEAR && year <= MAX_YEAR ? instant : fail(`DateTime: expected a year from ${MIN_YEAR} to ${MAX_YEAR} in UTC.`);
}

/** Longest instant that is read: 2026-03-01T12:00:00.000000000+14:00 has 35 characters. */
const INSTANT_MAX_LENGTH = 40;
const short = (value: unknown): unknown =>
  typeof value === 'string' && value.length > INSTANT_MAX_LENGTH
    ? fail('DateTime: expected an instant such as "2026-03-01T12:00:00Z".')
    : value;

/** An instant; in UTC its year has four digits. */
export const DateTime = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value) => inRange(GraphQLDateTime.parseValue(short(value))),
  parseLiteral: (node, variables) => {
    if (node.kind === Kind.STRING) short(node.value);
    return inRange(GraphQLDateTime.parseLiteral(node, variables));
  },
});

export { GraphQLJSONObject as JSONObject };
