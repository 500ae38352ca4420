import type { GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { placesOf, requiredArguments, type Place } from '../input/schema-places.js';
import { makeForeignWorld, type ForeignWorld } from './limited-world.js';
import { walkFrom } from './schema-walk.js';

/** PROMISES.md, row 5, for whoever is limited to products: the whole schema, asked about a product that is not theirs. */

/** Whoever has the token of a share link sees what it shows; it is no matter of rights. */
const BY_OTHER_RIGHT: readonly string[] = ['sharedRelease'];
/** Root fields by which an administrator is told of the product: the walk gets to it. */
const TELLING = [
  'asset',
  'apiTokens',
  'auditEvents',
  'downloadable',
  'downloadables',
  'license',
  'licenses',
  'product',
  'products',
  'shareLink',
];

/** Routes that ask no right of people: how the server is, GraphQL itself, share links, signed addresses of the store, the vendor's brand. */
const BESIDE_RIGHTS: readonly string[] = ['/healthz', '/readyz', '/graphql', '/s/', '/store', '/vendor/', '/sitemap.xml'];

/** Takes a file with lines of any product: those that are not theirs are its errors (`license-import.test.ts`); a form is no such file. */
const JUDGED_BY_LINE = '/api/v1/license-imports';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A route's address with the ids of the foreign product wherever it takes one. */
function addressOf(url: string, { samples }: ForeignWorld): string {
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => textOf(samples[name]?.(url)) ?? 'audit.csv');
  const product = textOf(samples['productId']?.(url)) ?? '';
  return `${path}?${new URLSearchParams({ productId: product, product, version: '1.0' }).toString()}`;
}

/** A file, by itself to an address with its name, else in a form. */
function sent(url: string): RequestInit {
  if (url.endsWith(':fileName')) return { body: 'x' };
  const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="probe.txt"\r\n\r\nx\r\n--x--\r\n';
  return { body, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the limited matrix on $name', ({ start }) => {
  let harness: Harness;
  let world: ForeignWorld;
  beforeAll(async () => {
    harness = await start();
    world = await makeForeignWorld(harness);
  });
  afterAll(() => harness.close());

  const sampleFor = (path: string, fieldName: string): unknown => {
    const name =
      path
        .replaceAll(/\[\d+\]/g, '')
        .split('.')
        .at(-1) ?? '';
    const sample = world.samples[name];
    if (!sample) throw new Error(`Say in limited-world.ts what of the foreign product ${fieldName} takes as ${path}.`);
    return sample(fieldName);
  };
  const namesSomething = ({ path, scalar }: Place): boolean => scalar === 'ID' || /\bslug$/i.test(path) || path.endsWith('Slug');
  const places = (typeName: string): readonly Place[] =>
    [...placesOf(harness.app.schema, world.samples)].filter((place) => place.typeName === typeName && namesSomething(place));

  /** Every query by itself, and with each of its ids being one of the foreign product. @returns `field: marks` of what told of it */
  const askEverything = async (client: Client): Promise<readonly string[]> => {
    const told = new Set<string>();
    const argumentsOf = (field: GraphQLField<unknown, unknown>) => requiredArguments(field, world.samples);
    for (const field of Object.values(harness.app.schema.getQueryType()?.getFields() ?? {})) {
      if (BY_OTHER_RIGHT.includes(field.name)) continue;
      const named = places('Query').filter((place) => place.field === field);
      const calls = [argumentsOf(field), ...named.map((place) => place.argumentsWith(sampleFor(place.path, field.name)))];
      const seen = ({ place, text }: { place: string; text: string }): void =>
        world.marksIn(text).forEach((mark) => told.add(`${field.name} by ${place}: ${mark}`));
      for (const given of calls) await walkFrom({ client, seen, argumentsOf }, field, given);
    }
    return [...told];
  };

  it('no field of any query tells them of another product, where it tells an administrator', async () => {
    const toAdmin = await askEverything(harness.admin);
    for (const field of TELLING)
      expect(
        toAdmin.some((line) => line.startsWith(`${field} by `)),
        field,
      ).toBe(true);
    for (const [name, client] of world.limited) expect(await askEverything(client), name).toEqual([]);
  });

  it('no route lets them have or change anything of another product', async () => {
    const before = await world.read();
    const asked: string[] = [];
    const wrong: string[] = [];
    for (const { method, url } of harness.app.routes) {
      if (BESIDE_RIGHTS.some((other) => url.startsWith(other)) || url === '/*') continue;
      const path = addressOf(url, world);
      asked.push(`${method} ${url}`);
      for (const [name, client] of world.limited) {
        const { status } = await client.fetch(path, { method, ...(method === 'PUT' || method === 'POST' ? sent(url) : {}) });
        if (![401, 403, 404, url === JUDGED_BY_LINE ? 415 : 404].includes(status)) wrong.push(`${name}: ${method} ${path}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toEqual(
      expect.arrayContaining([
        'GET /d/:assetId/:fileName',
        'HEAD /download/:product/:channel/:target',
        'GET /api/v1/statistics/downloads.csv',
        'GET /api/v1/updates/check',
      ]),
    );
    expect(await world.read()).toBe(before);
  });

  it('every id that a mutation takes is one that they cannot use when it is of another product, and nothing of it changes', async () => {
    const before = await world.read();
    const wrong: string[] = [];
    for (const place of places('Mutation'))
      for (const [name, client] of world.limited) {
        const given = completed(place, place.argumentsWith(sampleFor(place.path, place.field.name)));
        const { text, code } = await mutate(client, place, given);
        if (world.marksIn(text).length > 0 || !isKeptOut(code, place)) wrong.push(`${name}: ${place.field.name} ${place.path}: ${text}`);
      }
    expect(wrong).toEqual([]);
    expect(await world.read()).toBe(before);
  });
});

/** Sends a mutation. @returns the code of its first error, or DONE */
async function mutate(client: Client, { field }: Place, given: object): Promise<{ text: string; code: string }> {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const query = `mutation(${declared}) { ${field.name}(${passed}) { userErrors { code message } } }`;
  const { data, errors } = await client.graphql<Record<string, { userErrors: { code: string }[] } | null>>(query, { ...given });
  const code = errors[0]?.extensions.code ?? data?.[field.name]?.userErrors[0]?.code ?? 'DONE';
  return { text: JSON.stringify({ data, errors }), code };
}

/** What an id does not come without. */
function completed(place: Place, given: Readonly<Record<string, unknown>>): object {
  const isChannelLink = place.field.name === 'createShareLink' && place.path.endsWith('productId');
  // The input is one object.
  return isChannelLink ? { input: { ...(given['input'] as object), channel: 'beta' } } : given;
}

/** What keeps somebody out, field by field where it is not the answer that nothing is there, or that it is not theirs. */
const KEPT_OUT: readonly string[] = ['NOT_FOUND', 'FORBIDDEN'];
const KEPT_OUT_OTHERWISE: Readonly<Record<string, string>> = {
  // Each id has a result of its own; that nothing was done is seen in the rows.
  changeDownloadables: 'DONE',
  // The task is theirs; what it may not touch it tells as a failure (`license-tasks.test.ts`).
  changeLicenses: 'DONE',
  // Filters belong to people, whatever products they work on.
  deleteSavedFilter: 'PERSON_REQUIRED',
  // Choices are of people with an address, and of whoever has a link to them.
  updateNotificationChoices: 'LINK_INVALID',
};
const isKeptOut = (code: string, { field }: Place): boolean => KEPT_OUT.includes(code) || KEPT_OUT_OTHERWISE[field.name] === code;
