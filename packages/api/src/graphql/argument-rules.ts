import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { badInput } from '../kernel/problem/faults.js';
import { LIMITS } from '../kernel/limits/limits.js';
import { refuse } from '../kernel/problem/refusal.js';
import { faultOfText } from '../kernel/text/storable-text.js';
import { TEXT_LENGTHS } from './text-lengths.js';

/** Looks at one coerced value. @param path how the caller knows it, for example `input.channels[0].name` @throws PublicFault, Refusal */
type Check = (value: unknown, path: string) => void;

/**
 * Holds every argument of the schema to its shape before a resolver sees it, whether it came in a variable, in the document or
 * as a default: ids and texts have a longest form and only characters that every database keeps, and lists an end.
 * @throws Error at start for a text without a length
 */
export function guardArguments(schema: GraphQLSchema): void {
  const known = new Map<GraphQLInputType, Check>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const checks = field.args.map((arg) => [arg.name, checkOf(arg, known)] as const);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args: Readonly<Record<string, unknown>>, context, info) => {
        for (const [name, check] of checks) check(args[name], name);
        return resolve(source, args, context, info);
      };
    }
  }
}

function checkOf(input: GraphQLArgument | GraphQLInputField, known: Map<GraphQLInputType, Check>): Check {
  const type = getNamedType(input.type);
  const check = isInputObjectType(type)
    ? (known.get(type) ?? checkOfObject(type, known))
    : isScalarType(type)
      ? checkOfScalar(input)
      : pass;
  return inLists(input.type, check);
}

const pass: Check = () => undefined;

function checkOfObject(type: GraphQLInputType, known: Map<GraphQLInputType, Check>): Check {
  const checks: (readonly [string, Check])[] = [];
  const check: Check = (value, path) => {
    // graphql-js has made sure that it is an object of this type, or null.
    const object = (value ?? {}) as Readonly<Record<string, unknown>>;
    for (const [name, one] of checks) one(object[name], `${path}.${name}`);
  };
  known.set(type, check);
  if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) checks.push([field.name, checkOf(field, known)]);
  return check;
}

function inLists(type: GraphQLInputType, check: Check): Check {
  if (isNonNullType(type)) return inLists(type.ofType, check);
  if (!isListType(type)) return check;
  const inner = inLists(type.ofType, check);
  return (value, path) => {
    if (!Array.isArray(value)) return;
    if (value.length > LIMITS.argumentList.most)
      throw badInput(
        `Argument ${path} has ${value.length} entries: give at most ${LIMITS.argumentList.most.toLocaleString('en')} at a time.`,
      );
    value.forEach((entry, index) => inner(entry, `${path}[${index}]`));
  };
}

function checkOfScalar({ name, type }: GraphQLArgument | GraphQLInputField): Check {
  const scalar = getNamedType(type).name;
  if (scalar === 'ID') return checkId;
  if (scalar !== 'String') return checkCharacters;
  const most = TEXT_LENGTHS[name];
  if (most === undefined) throw new Error(`The argument ${name} has no longest text: add it to graphql/text-lengths.ts.`);
  return (value, path) => checkText(value, path, most);
}

function checkId(value: unknown, path: string): void {
  if (typeof value !== 'string') return;
  if (value === '') throw badInput(`Argument ${path} is empty: give an id, or leave it out.`);
  if (value.length > LIMITS.idText.most)
    throw badInput(`Argument ${path} is no id of ours: they have at most ${LIMITS.idText.most} characters.`);
  checkCharacters(value, path);
}

function checkText(value: unknown, path: string, most: number): void {
  if (typeof value !== 'string') return;
  if (value.length > most)
    refuse('TOO_LONG', `Argument ${path} is too long: use at most ${most.toLocaleString('en')} characters.`, path.replace(/^input\./, ''));
  checkCharacters(value, path);
}

/** Also of scalars that hold texts inside, such as JSON. */
function checkCharacters(value: unknown, path: string): void {
  if (typeof value === 'string') {
    const fault = faultOfText(value);
    if (fault !== null) throw badInput(`Argument ${path} ${fault}`);
  } else if (Array.isArray(value)) value.forEach((entry, index) => checkCharacters(entry, `${path}[${index}]`));
  else if (value !== null && typeof value === 'object' && !(value instanceof Date))
    for (const [key, entry] of Object.entries(value)) {
      checkCharacters(key, `${path}, in a key,`);
      checkCharacters(entry, `${path}.${key}`);
    }
}
