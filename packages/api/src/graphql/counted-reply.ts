import {
  defaultFieldResolver,
  getNamedType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from '../kernel/context.js';
import type { LateValue, PageEntry } from '../kernel/reply-size.js';

type Path = GraphQLResolveInfo['path'];

/** `"key":` and a comma; braces of an object. */
const KEY_BYTES = 4;
const OBJECT_BYTES = 3;
/** Numbers, truth values, instants and null. */
const SMALL_BYTES = 8;
const INSTANT_BYTES = 26;

/** The lists of a page, in every type of pages and in no other. */
export const PAGE_LISTS: ReadonlySet<unknown> = new Set(['nodes', 'edges']);

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;
type Measure = (value: unknown) => number;

/**
 * Has every field count what it answers that has to be read or made for it. Once that is too much, the fields that are left are not run:
 * nothing is read or rendered for an answer that will not be sent. Mutations are run all the same: none is given up half way. Values that
 * are at hand already are not counted one by one; the finished answer is (`graphql.routes.ts`).
 */
export function countReplies(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    // The fields of introspection belong to graphql-js; limits.ts bounds them.
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const isLeaf = isLeafType(getNamedType(field.type));
      if (isLeaf && field.resolve === undefined) continue;
      const resolve: Resolver = field.resolve ?? defaultFieldResolver;
      const counted = isLeaf ? countingLeaves(resolve) : countingObjects(resolve);
      field.resolve = type === schema.getMutationType() ? counted : stoppedWhenFull(counted);
    }
  }
}

const stoppedWhenFull =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    context.replySize.requireRoom();
    return resolve(source, args, context, info);
  };

const countingLeaves = (resolve: Resolver): Resolver => counting(resolve, leafBytes, 0);
const countingObjects = (resolve: Resolver): Resolver => counting(resolve, () => OBJECT_BYTES, 1);

function counting(resolve: Resolver, measure: Measure, objectsEach: number): Resolver {
  const count = (resolved: unknown, context: RequestContext, path: Path): unknown => {
    const answered = typeof resolved === 'function' ? made(resolved as LateValue<unknown>, context) : resolved;
    let bytes = String(path.key).length + KEY_BYTES;
    let objects = 0;
    for (const value of Array.isArray(answered) ? (answered as readonly unknown[]) : [answered]) {
      if (value == null) continue;
      bytes += measure(value) + 1;
      objects += objectsEach;
    }
    context.replySize.add(bytes, objects, outermostEntry(path));
    return answered;
  };
  return (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info);
    return value instanceof Promise ? value.then((resolved) => count(resolved, context, info.path)) : count(value, context, info.path);
  };
}

/** Texts of one page are loaded together: unless each is made only now, all would be made before the first is counted. */
function made(late: LateValue<unknown>, { replySize }: RequestContext): unknown {
  replySize.requireRoom();
  return late();
}

/** What a value comes to as JSON, escapes aside. */
function leafBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 2;
  if (value instanceof Date) return INSTANT_BYTES;
  return typeof value === 'object' ? JSON.stringify(value).length : SMALL_BYTES;
}

/** Which entry of the outermost page a value belongs to. */
function outermostEntry(path: Path): PageEntry {
  let entry: PageEntry = null;
  for (let step: Path | undefined = path; step; step = step.prev) {
    if (typeof step.key === 'number' && step.prev && isPage(step.prev)) entry = step.key;
  }
  return entry;
}

/** Compiled code names no types in its paths; what it runs has not renamed the lists of pages (`compiled/compilable.ts`). */
const isPage = ({ typename, key }: Path): boolean => (typename === undefined ? PAGE_LISTS.has(key) : typename.endsWith('Connection'));
