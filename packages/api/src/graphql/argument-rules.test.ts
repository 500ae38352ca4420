import type { GraphQLResolveInfo } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits/limits.js';
import { ReplySize } from '../kernel/reply-size.js';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { placesOf, type Place } from '../testing/input/schema-places.js';
import { TEXT_LENGTHS } from './text-lengths.js';

/** Texts that no database keeps as they are. */
const UNSTORABLE = ['before\0after', '\0', 'after\0', '\ud800', 'a\udfffb'];

describe('an argument', () => {
  let harness: Harness;
  let places: readonly Place[];
  beforeAll(async () => {
    harness = await TEST_SETUPS[0]!.start();
    places = [...placesOf(harness.app.schema)];
  });
  afterAll(() => harness.close());

  /** Calls the field as graphql-js would. @returns what it throws, or answers as a mutation's userErrors */
  async function refusalOf(place: Place, value: unknown): Promise<string> {
    try {
      // The guard answers before anything asks who calls; what it answers is counted by its place.
      const info = { path: { key: place.field.name, prev: undefined, typename: place.typeName } } as GraphQLResolveInfo;
      const reply: unknown = await place.field.resolve?.({}, place.argumentsWith(value), { replySize: new ReplySize() }, info);
      return JSON.stringify((reply as { userErrors?: unknown } | null)?.userErrors ?? 'none');
    } catch (error) {
      return error instanceof Error ? error.message : 'none';
    }
  }

  it('of every text and id in the schema is refused, by its name, with a character that a database would lose', async () => {
    const texts = places.filter(({ scalar }) => scalar === 'String' || scalar === 'ID' || scalar.startsWith('JSON'));
    expect(texts.length).toBeGreaterThan(100);
    for (const place of texts)
      for (const text of UNSTORABLE) {
        const refusal = await refusalOf(place, text);
        expect(`${place.typeName}.${place.field.name}: ${refusal}`).toContain(`${place.path} has `);
      }
  });

  it('of every text and id in the schema is refused, by its name and its limit, when it is longer than declared', async () => {
    for (const place of places.filter(({ scalar }) => scalar === 'String' || scalar === 'ID')) {
      const name = /(\w+)(?:\[0\])?$/.exec(place.path)?.[1] ?? '';
      const most = place.scalar === 'ID' ? LIMITS.idText.most : TEXT_LENGTHS[name];
      const refusal = await refusalOf(place, 'x'.repeat((most ?? 0) + 1));
      expect(`${place.typeName}.${place.field.name}: ${refusal}`).toContain(`${most?.toLocaleString('en')} characters`);
      expect(refusal).toContain(place.path);
    }
  });

  it('that is an empty id is refused, and so is a list without end', async () => {
    for (const place of places.filter(({ scalar }) => scalar === 'ID'))
      expect(await refusalOf(place, '')).toContain(`${place.path} is empty`);
    const { errors } = await harness.admin.graphql(
      'mutation($i: ChangeDownloadablesInput!) { changeDownloadables(input: $i) { userErrors { code } } }',
      {
        i: { ids: Array.from({ length: LIMITS.argumentList.most + 1 }, () => 'x'), action: 'ARCHIVE' },
      },
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining('input.ids has 2001 entries') }]);
  });
});
