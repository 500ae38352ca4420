import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import type { KnownArguments } from '../random-query.js';

/** A number from 0 on, below what is given. */
export type Pick = (below: number) => number;

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 2, 3, 0, 100],
  Float: [1, 0.5],
  Boolean: [true, false],
  String: ['a', 'Product', '1.0.0', '', 'é"\\'],
  DateTime: ['2026-01-01T00:00:00Z', '2027-03-01T12:00:00+02:00'],
  CalendarDate: ['2026-01-01', '2027-12-31'],
  ByteSize: [1, '20'],
};
/** Of one in so many values it is something that its type does not take. */
const WRONG_ONE_IN = 150;

/** What decides a value, and what may be one. */
export interface Choice {
  readonly pick: Pick;
  /** Values as literals, by the names of variables and fields. */
  readonly known: KnownArguments;
}

/** A value for a variable or a field of a type, as JSON has it; undefined: it is not given. */
export function randomValue(type: GraphQLInputType, name: string, choice: Choice): unknown {
  const { pick } = choice;
  if (pick(WRONG_ONE_IN) === 1) return [null, 'nonsense', 1.5, {}, [[]], undefined][pick(6)];
  if (isNonNullType(type)) return present(type.ofType, name, choice);
  const way = pick(6);
  if (way === 1) return undefined;
  return way === 2 ? null : present(type, name, choice);
}

function present(type: GraphQLInputType, name: string, choice: Choice): unknown {
  const { pick, known } = choice;
  if (isNonNullType(type)) return present(type.ofType, name, choice);
  if (isListType(type)) {
    const one = (): unknown => randomValue(type.ofType, name, choice) ?? null;
    // One value stands for a list of it.
    return [[one()], [], [one(), one()], one()][pick(4)];
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || pick(3) === 1);
    const values = fields.map((field) => [field.name, randomValue(field.type, field.name, choice)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
  if (isEnumType(type)) return type.getValues()[pick(type.getValues().length)]?.name;
  const literals = known[name] ?? (type.name === 'ID' ? known['id'] : undefined);
  const values = literals?.map((text): unknown => JSON.parse(text)) ?? VALUES[type.name] ?? ['1', 7];
  return values[pick(values.length)];
}
