import {
  getNamedType,
  isInputObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { PAGE_LISTS } from '../counted-reply.js';

/** Larger operations are not asked again and again; their code takes 20 ms to make. */
const FIELDS_MAX_COUNT = 500;

/** Query fields that count what is guessed: what they answer with an error must not be asked a second time. */
export const COUNTING_FIELDS: ReadonlySet<string> = new Set(['updateCheck', 'checkEntitlement']);

/** Values that are written into compiled code as they stand. A string is not: graphql-jit 0.8.9 reads some of them as code. */
const PLAIN_VALUES: ReadonlySet<string> = new Set([Kind.INT, Kind.BOOLEAN, Kind.ENUM, Kind.NULL]);

/** Names become parts of names in compiled code, joined by `_`; what every object has cannot be told from what was given. */
const isPlainName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !(name in Object.prototype);

/** How an operation may be run by compiled code. */
export interface Compilable {
  /** Variables that have to be given, if only as null: an absent one inside an object is left out by graphql-js and null in compiled code. */
  readonly givenVariables: ReadonlySet<string>;
  /** Fields of the operation, those of fragments counted where they are spread: the size of its code. */
  readonly fields: number;
}

/** An operation of a document that was found valid. */
export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/**
 * Decides whether compiled code answers an operation just as graphql-js does; null: graphql-js runs it. Answers with errors need not be
 * alike: they are discarded (`answer-compiled.ts`). Left to graphql-js, because it differs or was not shown to be the same: mutations,
 * introspection, directives, defaults of variables, strings in the document, inputs that contain themselves (the code for them has no end),
 * and renamed lists of pages, which `counted-reply.ts` goes by.
 */
export function judgeCompilable({ schema, document, operation }: AskedOperation): Compilable | null {
  const isAlone = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
  if (!isAlone || operation.operation !== OperationTypeNode.QUERY || operation.directives?.length) return null;
  if (!operation.variableDefinitions?.every((one) => isPlainVariable(schema, one))) return null;
  const judge = new Judge(document);
  return judge.allows(operation.selectionSet) ? { givenVariables: judge.givenVariables, fields: judge.fields } : null;
}

function isPlainVariable(schema: GraphQLSchema, { variable, type, defaultValue, directives }: VariableDefinitionNode): boolean {
  return defaultValue === undefined && !directives?.length && isPlainName(variable.name.value) && ends(schema.getType(nameOf(type)), []);
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** Whether an input does not contain itself. */
function ends(type: GraphQLNamedType | undefined, around: readonly GraphQLNamedType[]): boolean {
  if (!isInputObjectType(type)) return true;
  return !around.includes(type) && Object.values(type.getFields()).every((field) => ends(getNamedType(field.type), [...around, type]));
}

class Judge {
  readonly givenVariables = new Set<string>();
  fields = 0;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((one) => [one.name.value, one]));
  }

  allows({ selections }: SelectionSetNode): boolean {
    return selections.every((selection) => {
      if (selection.directives?.length) return false;
      if (selection.kind === Kind.FIELD) return this.#allowsField(selection);
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.allows(selection.selectionSet);
      const fragment = this.#fragments.get(selection.name.value);
      return fragment !== undefined && !fragment.directives?.length && this.allows(fragment.selectionSet);
    });
  }

  #allowsField({ name, alias, arguments: args = [], selectionSet }: FieldNode): boolean {
    this.fields += 1;
    const isNamed = name.value === '__typename' || isPlainName(name.value);
    if (this.fields > FIELDS_MAX_COUNT || !isNamed || COUNTING_FIELDS.has(name.value)) return false;
    if (alias && (!isPlainName(alias.value) || [name, alias].some(({ value }) => PAGE_LISTS.has(value)))) return false;
    return args.every(({ value }) => this.#allowsValue(value, true)) && (!selectionSet || this.allows(selectionSet));
  }

  #allowsValue(value: ValueNode, isWhole: boolean): boolean {
    if (value.kind === Kind.LIST) return value.values.every((one) => this.#allowsValue(one, false));
    if (value.kind === Kind.OBJECT) return value.fields.every((one) => this.#allowsValue(one.value, false));
    if (value.kind === Kind.VARIABLE && !isWhole) this.givenVariables.add(value.name.value);
    return value.kind === Kind.VARIABLE || PLAIN_VALUES.has(value.kind);
  }
}
