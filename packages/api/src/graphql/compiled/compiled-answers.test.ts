import fc from 'fast-check';
import { Kind, parse, typeFromAST, validate, type GraphQLInputType, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../../testing/make.js';
import { makeShareLink } from '../../testing/make-share-link.js';
import { randomOperation } from '../../testing/operations/random-operation.js';
import type { KnownArguments } from '../../testing/random-query.js';
import { randomValue } from '../../testing/operations/random-value.js';
import { benchQueries, webQueries, type AskedQuery } from '../../testing/operations/client-operations.js';
import { judgeCompilable } from './compilable.js';

const RUNS = process.env['PROVE'] ? 2_000 : 400;
const SEED = 20_261_129;
/** Sets of variables for each query of the web client. */
const SETS = 6;
/** What tells of its own moment may differ once. */
const ATTEMPTS = 3;

let asked = 0;

/** Status, headers and text of an answer, without what belongs to one request. */
async function answerOf(client: Client, { query, variables }: AskedQuery): Promise<string> {
  const response = await client.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const own = ['date', 'x-request-id', 'content-length'];
  const headers = [...response.headers].filter(([name]) => !own.includes(name));
  const text = await response.text();
  return JSON.stringify([response.status, headers, text.replaceAll(/"requestId":"[^"]*"/g, '')]);
}

/** A document that was never asked is run by graphql-js, however alike it is. */
function byGraphqlJs({ query, variables }: AskedQuery): AskedQuery {
  asked += 1;
  return { query: `${query} # ${asked}`, variables };
}

/** Asks often enough that compiled code answers, and compares. */
async function expectSame(client: Client, question: AskedQuery): Promise<string> {
  let [expected, compiled] = ['', 'nothing'];
  for (let attempt = 0; attempt < ATTEMPTS && compiled !== expected; attempt += 1) {
    expected = await answerOf(client, byGraphqlJs(question));
    compiled = await answerOf(client, question);
  }
  expect(compiled, `${question.query}\n${JSON.stringify(question.variables)}`).toBe(expected);
  return compiled;
}

async function warmUp(client: Client, question: AskedQuery): Promise<void> {
  for (let use = 1; use < 3; use += 1) await answerOf(client, question);
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('compiled answers on $name', ({ start }) => {
  let harness: Harness;
  let known: KnownArguments;
  let clients: readonly Client[];

  beforeAll(async () => {
    harness = await start();
    const { id: productId, slug } = await makeProduct(harness.admin);
    const published = await makePublished(harness, { productId, changelog: '# New\n- faster' });
    const draft = await makeDraft(harness.admin, { productId });
    await makeFile(harness, draft.id, { fileName: 'app.exe' });
    for (let count = 0; count < 4; count += 1) await makePublished(harness, { productId });
    await harness.admin.run('reviseDownloadable', { id: published.id }, 'downloadable { id }');
    const license = await makeLicense(harness, { productId });
    await makeShareLink(harness.admin, { downloadableId: draft.id });
    clients = [harness.admin, license.client, await harness.makeUser('CUSTOMER', { customerId: license.customerId }), harness.nobody];
    const now = harness.clock.now();
    harness.clock.now = () => now;
    const text = (value: string): string => JSON.stringify(value);
    known = {
      id: [published.id, draft.id, productId, license.id, license.customerId, published.file.id].map(text),
      productId: [text(productId), text('none')],
      downloadableId: [published.id, draft.id].map(text),
      assetId: [text(published.file.id)],
      licenseId: [text(license.id)],
      customerId: [text(license.customerId)],
      slug: [text(slug)],
      version: [text(published.version)],
      first: ['1', '2', '3', '5', '8'],
      last: ['null'],
      before: ['null'],
      after: [...Array<string>(9).fill('null'), text('nonsense')],
    };
  });
  afterAll(() => harness.close());

  const operationOf = (query: string): OperationDefinitionNode => {
    const { definitions } = parse(query);
    const operation = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
    if (!operation) throw new Error('It has no operation.');
    return operation;
  };
  const isCompiled = (query: string): boolean => {
    const document = parse(query);
    const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
    return operation !== undefined && judgeCompilable({ schema: harness.app.schema, document, operation }) !== null;
  };
  /** @param numbers decide what is given, null, absent or wrong */
  const valuesFor = (query: string, numbers: () => number): Record<string, unknown> => {
    const choice = { pick: (below: number) => numbers() % below, known };
    const values = (operationOf(query).variableDefinitions ?? []).map(({ variable: { name }, type }) => {
      // The document is valid: its types are those of inputs.
      const input = typeFromAST(harness.app.schema, type as never) as GraphQLInputType;
      return [name.value, randomValue(input, name.value, choice)] as const;
    });
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };

  it('are those of graphql-js for every query of the web client, with its variables given, null, absent and wrong', async () => {
    const random = fc.sample(fc.nat(100_000), { numRuns: 5_000, seed: SEED });
    let next = 0;
    const numbers = (): number => random[(next += 1) % random.length] ?? 0;
    const compiled = webQueries().filter(isCompiled);
    expect(compiled.length).toBeGreaterThan(80);
    for (const query of webQueries()) {
      await warmUp(harness.admin, { query, variables: {} });
      for (let set = 0; set < SETS; set += 1) {
        const client = clients[set < 3 ? 0 : set % clients.length];
        if (client) await expectSame(client, { query, variables: valuesFor(query, numbers) });
      }
    }
  });

  it('are those of graphql-js for what the benchmark asks', async () => {
    const questions = await benchQueries();
    expect(questions.length).toBeGreaterThan(4);
    for (const question of questions) {
      const variables = JSON.parse(
        JSON.stringify(question.variables).replaceAll(/"productId":"[^"]*"/g, `"productId":${known['productId']?.[0]}`),
      );
      await warmUp(harness.admin, question);
      for (const client of clients) await expectSame(client, { query: question.query, variables });
    }
  });

  it(`are those of graphql-js for ${RUNS} random queries`, async () => {
    const seen = { compiled: 0, errors: 0, data: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(100_000), { minLength: 40, maxLength: 600 }), fc.nat(7), async (numbers, place) => {
        const { query, variableSets } = randomOperation(harness.app.schema, numbers, known);
        if (validate(harness.app.schema, parse(query)).length > 0 || !isCompiled(query)) return;
        seen.compiled += 1;
        const client = clients[place] ?? harness.admin;
        await warmUp(client, { query, variables: variableSets[0] ?? {} });
        for (const variables of variableSets) {
          const answer = await expectSame(client, { query, variables });
          seen[answer.includes('\\"errors\\"') ? 'errors' : 'data'] += 1;
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // The comparison is about something.
    expect(Math.min(seen.compiled, seen.data, seen.errors)).toBeGreaterThan(RUNS / 10);
  });
});
