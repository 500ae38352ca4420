import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';

/** Deepest nesting of an operation (PROMISES.md, row 9). */
const MAX_DEPTH = 10;
/** Introspection, which nests by nature, may go this deep. */
const MAX_INTROSPECTION_DEPTH = 20;
/** Renamed fields in one document: more is a way to multiply work. */
const MAX_ALIASES = 15;
/** Longest document, in tokens; told to the parser itself. */
export const MAX_TOKENS = 2_000;
/** Largest request body in bytes. */
export const MAX_BODY_BYTES = 256 * 1_024;

const tooCostly = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

/** Refuses operations that nest too deeply, fragments counted where they are used. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      const isIntrospection = node.selectionSet.selections.every(
        (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
      );
      const limit = isIntrospection ? MAX_INTROSPECTION_DEPTH : MAX_DEPTH;
      if (depthOf(context, node.selectionSet, [], limit + 1) > limit) {
        context.reportError(tooCostly(`The query nests more than ${limit} levels deep. Ask for less at a time.`));
      }
    },
  };
}

/** @param enough stop looking beyond this depth, so that the check itself stays cheap */
function depthOf(context: ValidationContext, set: SelectionSetNode, spread: readonly string[], enough: number): number {
  if (enough <= 0) return 1;
  let deepest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      const fragment = spread.includes(name) ? null : context.getFragment(name);
      if (fragment) deepest = Math.max(deepest, depthOf(context, fragment.selectionSet, [...spread, name], enough));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(context, selection.selectionSet, spread, enough));
    } else {
      deepest = Math.max(deepest, 1 + (selection.selectionSet ? depthOf(context, selection.selectionSet, spread, enough - 1) : 0));
    }
    if (deepest >= enough) return deepest;
  }
  return deepest;
}

/** Refuses documents with many renamed fields. */
export function limitAliases(context: ValidationContext): ASTVisitor {
  let count = 0;
  return {
    Field(node) {
      if (!node.alias) return;
      count += 1;
      if (count === MAX_ALIASES + 1)
        context.reportError(tooCostly(`The document has more than ${MAX_ALIASES} aliases. Send several requests instead.`));
    },
  };
}
