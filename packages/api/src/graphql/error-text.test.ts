import { getNamedType, isInputObjectType, isLeafType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../testing/harness.js';
import { operationFor, placesOf } from '../testing/input/schema-places.js';
import { withoutValues } from './error-text.js';

const CANARY = 'canary hunter2 "; at \\"input\\"; \'x';
const INNER = 'hunter2';
/** Values of every wrong kind, each with the canary in it. */
const WRONG: readonly unknown[] = [CANARY, [CANARY], [[CANARY]], { [`k${INNER}`]: CANARY }, { name: { deep: CANARY } }, [{ id: [CANARY] }]];
/** The same as literals of a document. */
const WRONG_LITERALS = [`"${INNER}"`, `["${INNER}"]`, `{ a: "${INNER}" }`, INNER, `"""${INNER}"""`];

describe('an error of the request', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await TEST_SETUPS[0]!.start();
  });
  afterAll(() => harness.close());

  it('never repeats a value of a variable, at whatever place of the schema it stands', async () => {
    const leaks: string[] = [];
    for (const place of placesOf(harness.app.schema)) {
      const query = operationFor(harness.app.schema, place);
      if (query === null) continue;
      for (const value of WRONG) {
        const reply = await harness.nobody.graphql(query, place.argumentsWith(value));
        // The name of a field that does not exist is repeated: it is no value.
        const answer = JSON.stringify(reply).replaceAll(`k${INNER}`, '');
        if (answer.includes(INNER)) leaks.push(`${place.field.name} ${place.path}: ${answer.slice(0, 300)}`);
      }
    }
    expect(leaks).toEqual([]);
  });

  it('never repeats a literal of the document', async () => {
    const leaks: string[] = [];
    const { schema } = harness.app;
    for (const [kind, type] of [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
    ] as const)
      for (const field of Object.values(type?.getFields() ?? {}))
        for (const arg of field.args)
          for (const literal of WRONG_LITERALS) {
            const input = getNamedType(arg.type);
            const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
            for (const text of [literal, ...fields.map((name) => `{ ${name}: [[${literal}]] }`)]) {
              const rest = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
              const answer = JSON.stringify(await harness.nobody.graphql(`${kind} { ${field.name}(${arg.name}: ${text}) ${rest} }`));
              if (answer.includes(INNER)) leaks.push(`${field.name}: ${answer.slice(0, 300)}`);
            }
          }
    expect(leaks).toEqual([]);
  });

  it.each([
    '{ "hunter2" }',
    '{ a(b: "hunter2',
    '{ a } "hunter2"',
    '{ a(b: """hunter2',
    '{ a(b: 0123hunter2) }',
    '{ a(b: "\\uhunter2") }',
    'hunter2',
  ])('of a document that cannot be read repeats nothing of it: %s', async (query) => {
    const reply = await harness.nobody.graphql(query);
    expect(reply.errors[0]?.message).toMatch(/^Syntax Error: /);
    expect(JSON.stringify(reply)).not.toContain('hunter2');
  });

  it('says where and why all the same', async () => {
    const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
    const { errors } = await harness.nobody.graphql(query, { input: { email: 'a@b.example', password: { secret: INNER } } });
    expect(errors[0]?.message).toBe(
      'Variable "$input" has an invalid value at "input.password": String cannot represent a non string value.',
    );
  });

  it('keeps a place only when it is one, however the value is spelled', () => {
    const message = 'Variable "$v" got invalid value "x at \\"v.secret\\"; y"; String cannot represent a non string value: "x"';
    expect(withoutValues(message.replaceAll('\\"', '"'), { v: 5 })).toBe(
      'Variable "$v" has an invalid value: String cannot represent a non string value.',
    );
  });
});
