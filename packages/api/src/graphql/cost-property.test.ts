import fc from 'fast-check';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../testing/make.js';
import { makeShareLink } from '../testing/make-share-link.js';
import { randomQuery, type KnownArguments } from '../testing/random-query.js';
import { assembleBareSchema } from '../app/bare-schema.js';
import { costOf } from './cost.js';

const RUNS = process.env['PROVE'] ? 2_000 : 250;
const schema = assembleBareSchema();

/** Objects of an answer, those in lists and pages included. */
function countObjects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + countObjects(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + countObjects(one), 1);
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the cost of a query on $name', ({ start }) => {
  let harness: Harness;
  let known: KnownArguments;

  beforeAll(async () => {
    harness = await start();
    const { id: productId, slug } = await makeProduct(harness.admin);
    const published = await makePublished(harness, { productId, changelog: '# New\n- faster' });
    const draft = await makeDraft(harness.admin, { productId });
    await makeFile(harness, draft.id, { fileName: 'app.exe' });
    await makeFile(harness, draft.id, { fileName: 'app.exe.sig' });
    for (let count = 0; count < 4; count += 1) await makePublished(harness, { productId });
    await harness.admin.run('reviseDownloadable', { id: published.id }, 'downloadable { id }');
    const license = await makeLicense(harness, { productId });
    await makeShareLink(harness.admin, { downloadableId: draft.id });
    const text = (value: string): string => JSON.stringify(value);
    known = {
      id: [published.id, draft.id, productId, license.id, license.customerId, published.file.id].map(text),
      slug: [text(slug)],
      licenseId: [text(license.id)],
      version: [text(published.version)],
    };
  });
  afterAll(() => harness.close());

  it(`is at least what is really answered, for ${RUNS} random queries`, async () => {
    let largest = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(10_000), { minLength: 60, maxLength: 300 }), async (numbers) => {
        const { query, variables } = randomQuery(schema, numbers, known);
        const document = parse(query);
        const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
        const cost = costOf({ schema, document, operation, variables });
        const reply = await harness.admin.graphql(query, variables);
        if (reply.data === null) return;
        const objects = countObjects(reply.data) - 1;
        largest = Math.max(largest, objects);
        // The answer as a whole is an object that no field asks for.
        expect(cost?.objects).toBeGreaterThanOrEqual(objects);
      }),
      { numRuns: RUNS, seed: 20_261_128 },
    );
    // The queries lead somewhere: the data is small, and the largest answers have some eighty objects.
    expect(largest).toBeGreaterThan(50);
  });
});
