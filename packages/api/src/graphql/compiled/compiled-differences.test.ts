import fc from 'fast-check';
import { execute, Kind, parse, validate, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { randomOperation } from '../../testing/operations/random-operation.js';
import { judgeCompilable } from './compilable.js';
import { compileByJit } from './compiled-operations.js';
import { hostileSchema } from '../../testing/operations/hostile-schema.js';

const RUNS = process.env['PROVE'] ? 20_000 : 2_000;
const KNOWN = { id: ['"1"', '7', '"é"'] };

/** A number for a place, the same each time. */
function hashOf(place: string, seed: number): number {
  let hash = seed;
  for (const unit of place) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) >>> 0;
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 3) % 100_000;
}

/** What leaves as JSON; whatever has an error is asked again of graphql-js. */
const shown = ({ data, errors }: ExecutionResult): string => (errors ? 'an error' : JSON.stringify({ data }));

describe('compiled code', () => {
  it(`answers ${RUNS} random operations as graphql-js does, or with an error where that has one`, async () => {
    const seen = { compiled: 0, left: 0, data: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(100_000), { minLength: 40, maxLength: 400 }), fc.nat(), async (numbers, seed) => {
        const schema = hostileSchema((place) => hashOf(place, seed));
        const { query, variableSets } = randomOperation(schema, numbers, KNOWN);
        const document = parse(query);
        if (validate(schema, document).length > 0) return;
        const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
        const rule = operation && judgeCompilable({ schema, document, operation });
        const run = operation && rule && (await compileByJit({ schema, document, operation }));
        if (!rule || !run) return void (seen.left += 1);
        seen.compiled += 1;
        for (const variables of variableSets) {
          if ([...rule.givenVariables].some((name) => !Object.hasOwn(variables, name))) continue;
          const expected = shown(await execute({ schema, document, variableValues: variables }));
          expect(shown(await run({} as never, variables)), `${query}\n${JSON.stringify(variables)}`).toBe(expected);
          seen[expected === 'an error' ? 'errors' : 'data'] += 1;
        }
      }),
      { numRuns: RUNS, seed: 20_261_129 },
    );
    // The comparison is about something.
    expect(Math.min(seen.compiled, seen.data, seen.errors)).toBeGreaterThan(RUNS / 10);
  });
});
