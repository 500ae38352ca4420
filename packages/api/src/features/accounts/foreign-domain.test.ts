import { asciiEmail } from '@slipway/shared';
import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer } from '../../testing/make.js';

const TYPED = 'zoe@Bücher.example';
const KEPT = 'zoe@xn--bcher-kva.example';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an e-mail address in a foreign alphabet on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
    await harness.app.features.accounts.createUser({
      email: TYPED,
      name: 'Zoe',
      role: 'SUPPORT',
      password: TEST_PASSWORD,
      customerId: null,
    });
  });
  afterAll(() => harness.close());

  it.each([TYPED, KEPT, 'zoe@bücher.example', 'ZOE@XN--BCHER-KVA.example', 'zoe@bu\u0308cher.example'])('signs in as %s', async (email) => {
    const client = await harness.signIn(email, TEST_PASSWORD);
    expect(await client.query('{ viewer { user { email } } }')).toMatchObject({ viewer: { user: { email: KEPT } } });
  });

  it('is taken in every spelling', async () => {
    await makeCustomer(harness.admin, { email: TYPED });
    const query = `mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code field } } }`;
    expect(await harness.admin.query(query, { input: { name: 'Other', email: KEPT } })).toMatchObject({
      createCustomer: { userErrors: [{ code: 'EMAIL_TAKEN', field: 'email' }] },
    });
    for (const search of [TYPED, KEPT])
      expect(await harness.admin.query('query($s: String) { customers(search: $s) { totalCount } }', { s: search })).toEqual({
        customers: { totalCount: 1 },
      });
  });
});

it.each([
  'bücher.example',
  'BÜCHER.example',
  'straße.example',
  '例え.テスト',
  'пример.испытание',
  'ελλάδα.example',
  'مثال.إختبار',
  'दुनिया.example',
  '삼성.example',
  'café-ü.example',
  '山田製作所.jp',
  '𠮷野家.jp',
])('the domain %s is kept as DNS has it', (domain) => {
  expect(asciiEmail(`user@${domain}`)).toBe(`user@${domainToASCII(domain)}`);
});
