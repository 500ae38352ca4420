import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** One argument of the schema, or a field somewhere in its input object, that takes a scalar. */
export interface Place {
  readonly typeName: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly argument: string;
  /** As a refusal names it: `input.channels[0].name`. */
  readonly path: string;
  readonly scalar: string;
  /** The arguments of the field with a value at this place, and something that fits wherever else something has to be. */
  argumentsWith(value: unknown): Readonly<Record<string, unknown>>;
}

/** What is put where something has to be, by the name of its argument or field: a test names what exists in its world. */
export type Samples = Readonly<Record<string, (fieldName: string) => unknown>>;

/** Every place of the schema that takes a scalar, at whatever depth. */
export function* placesOf(schema: GraphQLSchema, samples: Samples = {}): Generator<Place> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      for (const arg of field.args)
        for (const inner of within(arg.type, arg.name, { above: [], samples, fieldName: field.name }))
          yield {
            typeName: type.name,
            field,
            argument: arg.name,
            path: inner.path,
            scalar: inner.scalar,
            argumentsWith: (value) => ({ ...required(field.args, samples, field.name), [arg.name]: inner.build(value) }),
          };
  }
}

interface Inner {
  readonly path: string;
  readonly scalar: string;
  build(value: unknown): unknown;
}

/** `above`: the input types that hold this one; one that holds itself is entered once. */
interface Around {
  readonly above: readonly GraphQLInputType[];
  readonly samples: Samples;
  readonly fieldName: string;
}

function* within(type: GraphQLInputType, path: string, around: Around): Generator<Inner> {
  if (isNonNullType(type)) return yield* within(type.ofType, path, around);
  if (isListType(type)) {
    for (const inner of within(type.ofType, `${path}[0]`, around)) yield { ...inner, build: (value) => [inner.build(value)] };
  } else if (isScalarType(type)) {
    yield { path, scalar: type.name, build: (value) => value };
  } else if (isInputObjectType(type) && !around.above.includes(type)) {
    const fields = Object.values(type.getFields());
    const rest = (): Record<string, unknown> => required(fields, around.samples, around.fieldName);
    for (const field of fields)
      for (const inner of within(field.type, `${path}.${field.name}`, { ...around, above: [...around.above, type] }))
        yield { ...inner, build: (value) => ({ ...rest(), [field.name]: inner.build(value) }) };
  }
}

type Fields = readonly { readonly name: string; readonly type: GraphQLInputType }[];

/** What has to be there beside the place in question. */
const required = (fields: Fields, samples: Samples, fieldName: string): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter((field) => isNonNullType(field.type))
      .map((field) => [field.name, samples[field.name]?.(fieldName) ?? sampleOf(field.type, samples, fieldName)]),
  );

/** Something for each argument that a field cannot do without. */
export const requiredArguments = (field: GraphQLField<unknown, unknown>, samples: Samples = {}): Readonly<Record<string, unknown>> =>
  required(field.args, samples, field.name);

const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1,
  Boolean: true,
  ByteSize: 1,
  DateTime: '2026-03-01T00:00:00Z',
  CalendarDate: '2026-03-01',
};

/** Something that a type takes. */
function sampleOf(type: GraphQLInputType, samples: Samples, fieldName: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, samples, fieldName);
  if (isListType(type)) return [sampleOf(type.ofType, samples, fieldName)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return isInputObjectType(type) ? required(Object.values(type.getFields()), samples, fieldName) : (SAMPLES[type.name] ?? 'x');
}

/** An operation that sends a place of a root field as a variable; null for a field of another type. */
export function operationFor(schema: GraphQLSchema, place: Place): string | null {
  const kind =
    place.typeName === schema.getQueryType()?.name ? 'query' : place.typeName === schema.getMutationType()?.name ? 'mutation' : null;
  if (kind === null) return null;
  const { field } = place;
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const type = getNamedType(field.type);
  return `${kind}(${declared}) { ${field.name}(${passed}) ${isScalarType(type) || isEnumType(type) ? '' : '{ __typename }'} }`;
}
