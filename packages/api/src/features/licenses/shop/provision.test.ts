import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeProduct, makeToken } from '../../../testing/make.js';
import type { Client } from '../../../testing/client.js';

interface Answer {
  readonly license: { readonly id: string; readonly expiresAt: string | null; readonly status: string; readonly customer: { id: string } };
  readonly key: string | null;
  readonly isCreated: boolean;
}

const ANSWER = 'license { id expiresAt status customer { id } } key isCreated';
const END = '2027-06-01T00:00:00.000Z';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the call of a shop on $name', ({ start }) => {
  let harness: Harness;
  let shop: Client;
  let productSlug: string;
  let count = 0;
  beforeAll(async () => {
    harness = await start();
    shop = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    productSlug = `aurora-${Date.now()}`;
    await makeProduct(harness.admin, { slug: productSlug });
  });
  afterAll(() => harness.close());

  const order = (change: Record<string, unknown> = {}): Record<string, unknown> => {
    count += 1;
    return { email: `buyer-${count}@shop.example`, name: 'Ada Buyer', productSlug, externalReference: `order-${count}`, ...change };
  };
  const provision = (input: Record<string, unknown>, client: Client = shop): Promise<Answer> =>
    client.run<Answer>('provisionLicense', input, ANSWER);

  it('makes customer and license, and its renewal changes the same license', async () => {
    const bought = order({ expiresAt: '2026-12-31T00:00:00.000Z', tags: ['shop'] });
    const first = await provision(bought);
    expect(first).toMatchObject({ isCreated: true, key: expect.stringMatching(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/) });
    const renewed = await provision({ ...bought, expiresAt: END });
    expect(renewed).toMatchObject({ isCreated: false, key: null, license: { id: first.license.id, expiresAt: END } });
    expect(await provision({ ...bought, expiresAt: END })).toEqual(renewed);
    const events = await harness.database.query('SELECT action FROM audit_event WHERE subject_id = ? ORDER BY id', [first.license.id]);
    expect(events).toMatchObject([{ action: 'license.create' }, { action: 'license.update' }]);
  });

  it('finds the customer by e-mail address, however it is written, and gives them another license for another order', async () => {
    const first = await provision(order({ email: 'Grace@Shop.Example' }));
    const second = await provision(order({ email: ' grace@shop.example ', name: null }));
    expect(second.license.customer.id).toBe(first.license.customer.id);
    expect(second.license.id).not.toBe(first.license.id);
  });

  it('refuses the reference of another customer', async () => {
    const bought = order();
    await provision(bought);
    const other = await shop.mutate('provisionLicense', { ...bought, email: 'other@shop.example' });
    expect(other.userErrors).toMatchObject([{ code: 'REFERENCE_TAKEN', field: 'externalReference' }]);
    const found = await harness.database.query(`SELECT id FROM customer WHERE email_key = 'other@shop.example'`);
    expect(found).toEqual([]);
  });

  it('reinstates a suspended license only when it is told to, and never brings back a revoked one', async () => {
    const bought = order();
    const { license } = await provision(bought);
    await shop.run('suspendLicense', { id: license.id, customerReason: 'Payment failed' }, 'license { id }');
    expect((await provision({ ...bought, expiresAt: END })).license.status).toBe('SUSPENDED');
    expect((await provision({ ...bought, reinstate: true })).license.status).toBe('ACTIVE');
    await shop.run('revokeLicense', { id: license.id }, 'license { id }');
    expect((await shop.mutate('provisionLicense', bought)).userErrors).toMatchObject([{ code: 'LICENSE_REVOKED' }]);
  });

  it('asked 100 times at once makes one customer and one license', async () => {
    const bought = order({ expiresAt: END });
    const answers = await Promise.all(Array.from({ length: 100 }, () => provision(bought)));
    expect(new Set(answers.map(({ license }) => license.id)).size).toBe(1);
    expect(answers.filter(({ isCreated }) => isCreated)).toHaveLength(1);
    expect(answers.filter(({ key }) => key !== null)).toHaveLength(1);
    const customers = await harness.database.query('SELECT id FROM customer WHERE email_key = ?', [String(bought['email'])]);
    const licenses = await harness.database.query('SELECT id FROM license WHERE external_reference = ?', [
      String(bought['externalReference']),
    ]);
    expect([customers.length, licenses.length]).toEqual([1, 1]);
  });

  it('asked for two products at once makes one customer', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => makeProduct(harness.admin)));
    const email = 'several@shop.example';
    const answers = await Promise.all(others.map(({ id }) => provision({ ...order({ email, productSlug: null }), productId: id })));
    expect(new Set(answers.map(({ license }) => license.customer.id)).size).toBe(1);
    expect(new Set(answers.map(({ license }) => license.id)).size).toBe(4);
  });

  it('repeated with its idempotency key has the effect once, and says no key again', async () => {
    const bought = order({ idempotencyKey: `key ${count}` });
    const first = await provision(bought);
    expect(await provision(bought)).toMatchObject({ license: { id: first.license.id }, key: null, isCreated: false });
  });

  it.each([
    ['an address that is none', { email: 'nobody' }, 'EMAIL_INVALID', 'email'],
    ['a blank reference', { externalReference: ' ' }, 'NAME_REQUIRED', 'externalReference'],
    ['no reference', { externalReference: null }, 'NAME_REQUIRED', 'externalReference'],
    ['an end before the start', { startsAt: END, expiresAt: '2027-01-01T00:00:00.000Z' }, 'DATE_INVALID', 'expiresAt'],
    ['a key that is too short', { key: 'short-key' }, 'LICENSE_KEY_INVALID', 'key'],
  ])('refuses %s at its field', async (_what, change, code, field) => {
    expect((await shop.mutate('provisionLicense', order(change))).userErrors).toMatchObject([{ code, field }]);
  });

  it('is for whoever may write licenses of all products', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const narrow = await makeToken(harness.admin, { scopes: ['license:write'], productId });
    const query = 'mutation($input: ProvisionLicenseInput!) { provisionLicense(input: $input) { userErrors { code } } }';
    const codes = await Promise.all(
      [narrow, harness.nobody].map(async (client) => (await client.graphql(query, { input: order() })).errors[0]?.extensions.code),
    );
    expect(codes).toEqual(['FORBIDDEN', 'UNAUTHENTICATED']);
    const unknown = await shop.graphql(query, { input: order({ productSlug: 'no-such-product' }) });
    expect(unknown.errors[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
