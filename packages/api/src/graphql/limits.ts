import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';
import { LIMITS } from '../kernel/limits/limits.js';

/** What graphql-js says of too many tokens, in our words; null: it says something else. */
export function tokensRefusal(message: string): string | null {
  if (!/^Syntax Error: Document contains more that? \d+ tokens/.test(message)) return null;
  return `The document has more than ${LIMITS.queryTokens.most.toLocaleString('en')} tokens: send several requests instead.`;
}

const tooCostly = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

/** Refuses operations that nest too deeply, fragments counted where they are used. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const fragmentDepths = new Map<string, number>();
  return {
    OperationDefinition(node) {
      const isIntrospection = node.selectionSet.selections.every(
        (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
      );
      const limit = isIntrospection ? LIMITS.introspectionDepth.most : LIMITS.queryDepth.most;
      if (depthOf(context, node.selectionSet, fragmentDepths) > limit) {
        context.reportError(tooCostly(`The query nests more than ${limit} levels deep: ask for less at a time.`));
      }
    },
  };
}

/** @param known each fragment is measured once, however often it is spread; one that contains itself is refused elsewhere */
function depthOf(context: ValidationContext, set: SelectionSetNode, known: Map<string, number>): number {
  const depths = set.selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return 1 + (selection.selectionSet ? depthOf(context, selection.selectionSet, known) : 0);
    return selection.kind === Kind.INLINE_FRAGMENT
      ? depthOf(context, selection.selectionSet, known)
      : depthOfFragment(context, selection.name.value, known);
  });
  return Math.max(0, ...depths);
}

function depthOfFragment(context: ValidationContext, name: string, known: Map<string, number>): number {
  const measured = known.get(name);
  if (measured !== undefined) return measured;
  known.set(name, 0);
  const fragment = context.getFragment(name);
  const depth = fragment ? depthOf(context, fragment.selectionSet, known) : 0;
  known.set(name, depth);
  return depth;
}

/** Refuses documents with many renamed fields. */
export function limitAliases(context: ValidationContext): ASTVisitor {
  let count = 0;
  return {
    Field(node) {
      if (!node.alias) return;
      count += 1;
      if (count === LIMITS.queryAliases.most + 1)
        context.reportError(tooCostly(`The document has more than ${LIMITS.queryAliases.most} aliases: send several requests instead.`));
    },
  };
}

/** What leads from one type to others in introspection. */
const LISTS_OF_TYPES: ReadonlySet<string> = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);

/**
 * Refuses introspection that asks for the fields of the types of fields: it would multiply the whole schema with itself. The
 * query of every explorer asks each type for its fields once. Cost counting leaves introspection to this rule.
 */
export function limitIntrospection(context: ValidationContext): ASTVisitor {
  const nestings = new Map<string, number>();
  return {
    // A list under several names is asked for several times, and each of its entries too; no explorer does that.
    Field(node) {
      const isOfSchema = context.getParentType()?.name.startsWith('__') === true;
      if (isOfSchema && node.alias && node.alias.value !== node.name.value)
        context.reportError(tooCostly(`The introspection query renames ${node.name.value}: ask for it by its own name.`));
    },
    OperationDefinition(node) {
      if (nestingOf(context, node.selectionSet, nestings) > LIMITS.introspectionLists.most)
        context.reportError(tooCostly('The query asks for the fields of the types of fields: ask for each type by its name with __type.'));
    },
  };
}

/** How often lists of types nest; fragments are measured once. */
function nestingOf(context: ValidationContext, set: SelectionSetNode, known: Map<string, number>): number {
  const nestings = set.selections.map((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return nestingOf(context, selection.selectionSet, known);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return nestingOfFragment(context, selection.name.value, known);
    const inside = selection.selectionSet ? nestingOf(context, selection.selectionSet, known) : 0;
    return inside + (LISTS_OF_TYPES.has(selection.name.value) ? 1 : 0);
  });
  return Math.max(0, ...nestings);
}

function nestingOfFragment(context: ValidationContext, name: string, known: Map<string, number>): number {
  const measured = known.get(name);
  if (measured !== undefined) return measured;
  known.set(name, 0);
  const fragment = context.getFragment(name);
  const nesting = fragment ? nestingOf(context, fragment.selectionSet, known) : 0;
  known.set(name, nesting);
  return nesting;
}
