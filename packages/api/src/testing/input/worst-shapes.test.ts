import { CHANGELOG_MAX_LENGTH } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEXT_LENGTHS } from '../../graphql/text-lengths.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeInputWorld } from './input-world.js';
import { operationFor, placesOf, type Place } from './schema-places.js';
import { WORST_SHAPES } from './worst-shapes.cases.js';

/** Every shape at every field in the long form; a changelog, which alone is really long, gets every shape in both. */
const EVERY = process.env['PROVE'] ? 1 : 4;
/** So long that only what hangs meets it. */
const manyMinutes = { timeout: process.env['PROVE'] ? 3_600_000 : 300_000 };

/** Its session would end, or its password change, and the rest would be refused unread. */
const NOT_AS_ADMIN: ReadonlySet<string> = new Set(['signIn', 'signOut', 'changePassword']);

/** The longest text that gets past the border, and past the rule where a text may really be that long. */
function lengthAt({ path }: Place): number {
  const name = /(\w+)(?:\[0\])?$/.exec(path)?.[1] ?? '';
  return Math.min(TEXT_LENGTHS[name] ?? 0, CHANGELOG_MAX_LENGTH);
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the worst texts at full length on $name', ({ start }) => {
  let harness: Harness;
  let places: readonly Place[];

  beforeAll(async () => {
    harness = await start();
    const { samples } = await makeInputWorld(harness);
    places = [...placesOf(harness.app.schema, samples)].filter(({ scalar }) => scalar === 'String');
  });
  afterAll(() => harness.close());

  it('get an answer at every text field of the API, never a fault', manyMinutes, async () => {
    const faults: string[] = [];
    let count = 0;
    for (const [turn, place] of places.entries()) {
      const query = operationFor(harness.app.schema, place);
      if (query === null) continue;
      const client = NOT_AS_ADMIN.has(place.field.name) ? harness.nobody : harness.admin;
      const length = lengthAt(place);
      for (const shape of length === CHANGELOG_MAX_LENGTH
        ? WORST_SHAPES
        : WORST_SHAPES.filter((_, index) => (index + turn) % EVERY === 0)) {
        const { status, errors } = await client.graphql(query, place.argumentsWith(shape.textOf(length)));
        count += 1;
        if (status >= 500 || errors.some(({ extensions }) => extensions.code === 'INTERNAL'))
          faults.push(`${place.field.name} ${place.path}: ${shape.name}`);
      }
    }
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});
