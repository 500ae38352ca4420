import type { ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../../kernel/context.js';
import { judgeCompilable, type AskedOperation, type Compilable } from './compilable.js';

/** Twice may be by chance; compiling costs as much as running some ten times. */
const COMPILED_AT_USE = 3;

/** Of all that is compiled; each takes 1.6 to 3 kB, and the 98 operations of the web client that are compiled have 2,114. */
const FIELDS_MAX_COUNT = 5_000;

type Variables = Readonly<Record<string, unknown>>;

/** Runs an operation on the variables of a request. */
export type RunCompiled = (context: RequestContext, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** Makes the code of an operation; null when it cannot. */
export type Compile = (asked: AskedOperation) => Promise<RunCompiled | null>;

interface Compiled {
  readonly rule: Compilable;
  /** Null: it cannot be compiled after all. */
  readonly run: Promise<RunCompiled | null>;
}

/** The operations that are asked again and again, as compiled code. The document is the key: Apollo keeps one for each text. */
export class CompiledOperations {
  readonly #uses = new WeakMap<OperationDefinitionNode, number>();
  /** The one that was asked longest ago is first. */
  readonly #compiled = new Map<OperationDefinitionNode, Compiled>();
  #fields = 0;

  /** @param mostFields of all operations together */
  constructor(
    private readonly compile: Compile,
    private readonly mostFields: number = FIELDS_MAX_COUNT,
  ) {}

  /** The code for an operation and its variables; null: graphql-js runs it. */
  async find(asked: AskedOperation, variables: Variables): Promise<RunCompiled | null> {
    const compiled = this.#compiledOf(asked);
    if (!compiled) return null;
    for (const name of compiled.rule.givenVariables) if (!Object.hasOwn(variables, name)) return null;
    return compiled.run;
  }

  #compiledOf(asked: AskedOperation): Compiled | null {
    const { operation } = asked;
    const known = this.#compiled.get(operation);
    if (known) this.#drop(operation, known);
    const compiled = known ?? this.#begin(asked);
    if (!compiled) return null;
    this.#compiled.set(operation, compiled);
    this.#fields += compiled.rule.fields;
    for (const [oldest, its] of this.#compiled) {
      if (this.#fields <= this.mostFields) break;
      this.#drop(oldest, its);
    }
    return compiled;
  }

  #drop(operation: OperationDefinitionNode, { rule }: Compiled): void {
    this.#compiled.delete(operation);
    this.#fields -= rule.fields;
  }

  /** Null: it was not asked often enough, or it is not for compiled code. */
  #begin(asked: AskedOperation): Compiled | null {
    const { operation } = asked;
    const uses = (this.#uses.get(operation) ?? 0) + 1;
    this.#uses.set(operation, uses);
    if (uses < COMPILED_AT_USE) return null;
    const rule = judgeCompilable(asked);
    // Judged once.
    if (!rule) this.#uses.set(operation, -Infinity);
    return rule && { rule, run: this.compile(asked) };
  }
}

/** Loaded when it is first needed: it brings as much code as the rest of the executor. */
export const compileByJit: Compile = async ({ schema, document, operation }) => {
  const { compileQuery, isCompiledQuery } = await import('graphql-jit');
  // The stacks of its errors are shown to nobody: answers with errors are made again.
  const compiled = compileQuery(schema, document, operation.name?.value, { disablingCapturingStackErrors: true });
  return isCompiledQuery(compiled) ? (context, variables) => compiled.query(undefined, context, variables) : null;
};
