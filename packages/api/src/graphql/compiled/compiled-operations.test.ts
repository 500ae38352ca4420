import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { CompiledOperations, type RunCompiled } from './compiled-operations.js';
import type { AskedOperation } from './compilable.js';

const schema = buildSchema('input Box { a: Int b: Int } type Query { a(box: Box, n: Int): Int b: Int }');

function askedOf(text: string): AskedOperation {
  const document = parse(text);
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('It has no operation.');
  return { schema, document, operation };
}

describe('compiled operations', () => {
  let compiled: AskedOperation[];
  let operations: CompiledOperations;
  const run: RunCompiled = () => ({ data: {} });

  beforeEach(() => {
    compiled = [];
    const compile = async (asked: AskedOperation): Promise<RunCompiled> => {
      compiled.push(asked);
      return run;
    };
    operations = new CompiledOperations(compile, 3);
  });

  const use = async (asked: AskedOperation, times: number): Promise<(RunCompiled | null)[]> => {
    const found = [];
    for (let time = 0; time < times; time += 1) found.push(await operations.find(asked, {}));
    return found;
  };

  it('are compiled at the third use of their document, once', async () => {
    expect(await use(askedOf('{ a }'), 5)).toEqual([null, null, run, run, run]);
    expect(compiled).toHaveLength(1);
  });

  it('are compiled once when many ask at the same time', async () => {
    const asked = askedOf('{ a }');
    const found = await Promise.all(Array.from({ length: 5 }, () => operations.find(asked, {})));
    expect(found).toEqual([null, null, run, run, run]);
    expect(compiled).toHaveLength(1);
  });

  it('are dropped when others were asked more recently than they', async () => {
    // Three fields have room.
    const [first, second, third] = [askedOf('{ a }'), askedOf('{ b }'), askedOf('{ a b }')];
    await use(first, 3);
    await use(second, 3);
    await use(first, 1);
    await use(third, 3);
    expect(compiled).toEqual([first, second, third]);
    await use(first, 1);
    expect(compiled).toHaveLength(3);
    await use(second, 1);
    expect(compiled).toEqual([first, second, third, second]);
  });

  it('that may not be compiled take no place among those that are', async () => {
    const first = askedOf('{ a }');
    await use(first, 3);
    for (const name of ['x', 'y', 'z'])
      expect(await use(askedOf(`{ ${name}: __schema { description } }`), 4)).toEqual([null, null, null, null]);
    await use(first, 1);
    expect(compiled).toEqual([first]);
  });

  it('that could not be compiled are left to graphql-js, and not tried again', async () => {
    let tries = 0;
    operations = new CompiledOperations(async () => {
      tries += 1;
      return null;
    });
    expect(await use(askedOf('{ a }'), 5)).toEqual([null, null, null, null, null]);
    expect(tries).toBe(1);
  });

  it('are left to graphql-js when a variable inside an object is not given', async () => {
    const asked = askedOf('query($a: Int, $n: Int) { a(box: { a: $a }, n: $n) }');
    await use(asked, 2);
    expect(await operations.find(asked, { n: 1 })).toBeNull();
    expect(await operations.find(asked, { a: null })).toBe(run);
  });
});
