import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer } from '../../testing/make.js';
import { ALL_PRODUCTS } from './news-choice.entity.js';
import type { NewsChoices } from './news-choices.js';
import { recipientsOf } from './recipients.js';

const PRODUCT = '01HZZZZZZZZZZZZZZZZZZZZZZZ';
const ANN = 'Ann@Sparrow.example';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('choices of news on $name', ({ start }) => {
  let harness: Harness;
  let choices: NewsChoices;
  beforeAll(async () => {
    harness = await start();
    choices = harness.app.features.newsChoices;
  });
  afterAll(() => harness.close());

  const choose = (address: string, productId: string, choice: 'ALL' | 'STABLE' | 'SECURITY' | 'NONE' | null) =>
    harness.database.transaction((tx) => choices.choose(tx, address, { productId, choice }));
  const holds = async (address: string, productId = PRODUCT) =>
    (await choices.choicesOf(harness.database, [address], productId)).get(address);

  it('hold for a product, else for all, however the address is spelt', async () => {
    expect(await holds(ANN)).toBe('ALL');
    await choose(ANN, ALL_PRODUCTS, 'STABLE');
    expect(await holds('ann@sparrow.example')).toBe('STABLE');
    await choose('ann@sparrow.example', PRODUCT, 'SECURITY');
    expect(await holds(ANN)).toBe('SECURITY');
    await choose(ANN, PRODUCT, null);
    expect(await holds(ANN)).toBe('STABLE');
  });

  it('go with their person to another address, and still hold at the one before', async () => {
    await choose(ANN, ALL_PRODUCTS, 'NONE');
    await harness.database.transaction((tx) => choices.move(tx, ANN, 'ann@finch.example'));
    expect([await holds(ANN), await holds('ann@finch.example')]).toEqual(['NONE', 'NONE']);
  });

  it('end with one click for every product, by a link that nobody can forge', async () => {
    await choose(ANN, PRODUCT, 'ALL');
    const token = choices.unsubscribeUrl(ANN).split('/').at(-1)!;
    expect(choices.addressOf(token)).toBe(ANN);
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at]! ^= 1;
      expect(choices.addressOf(forged.toString('base64url'))).toBeNull();
    }
    expect([choices.addressOf(''), choices.addressOf('x'), choices.addressOf('%')]).toEqual([null, null, null]);
    await harness.database.transaction((tx) => choices.chooseNothing(tx, choices.addressOf(token)!));
    expect([await holds(ANN), await holds(ANN, ALL_PRODUCTS)]).toEqual(['NONE', 'NONE']);
  });

  it('tell of nobody', async () => {
    const rows = await harness.database.query('SELECT * FROM news_choice');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/ann|finch|sparrow/i);
  });

  it('are of people, and of the customer itself where it has none', async () => {
    const { id } = await makeCustomer(harness.admin, { name: 'Sparrow', email: 'it@sparrow.example' });
    expect(await recipientsOf(harness.database, [id])).toEqual([
      { customerId: id, userId: null, address: 'it@sparrow.example', name: 'Sparrow' },
    ]);
    await harness.makeUser('CUSTOMER', { customerId: id });
    await harness.makeUser('CUSTOMER', { customerId: id });
    const people = await recipientsOf(harness.database, [id]);
    expect(people.map(({ name, userId }) => [name, userId !== null])).toEqual([
      ['Test CUSTOMER', true],
      ['Test CUSTOMER', true],
    ]);
  });
});
