import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../kernel/limits/limits.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { copyRows } from '../../testing/limits/copy-rows.js';
import { makeCustomer, makeLicense, makePublished } from '../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what has ended never hides what works, on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('a license stays listed and in force behind a thousand newer ones that were revoked', async () => {
    const { admin } = harness;
    const { productId, id } = await makePublished(harness);
    const first = await makeLicense(harness, { productId });
    const { customerId } = first;
    const { license } = await admin.run<{ license: { id: string } }>('createLicense', { productId, customerId }, 'license { id }');
    await admin.run('revokeLicense', { id: license.id }, 'license { id }');
    await copyRows(harness.database, 'license', ['key_hash'], { where: 'id', is: license.id, count: LIMITS.licensesPerCustomer.most });
    const { customer } = await admin.query<{ customer: { licenses: { id: string }[] } }>(
      'query($id: ID!) { customer(id: $id) { licenses { id } } }',
      { id: customerId },
    );
    expect(customer.licenses).toHaveLength(LIMITS.licensesPerCustomer.most);
    expect(customer.licenses.map((one) => one.id)).toContain(first.id);
    const decision = await admin.query('query($input: CheckEntitlementInput!) { checkEntitlement(input: $input) { code licenseId } }', {
      input: { downloadableId: id, customerId },
    });
    expect(decision).toEqual({ checkEntitlement: { code: 'ALLOWED', licenseId: first.id } });
  });

  it('an account stays listed behind a thousand disabled ones', async () => {
    const { admin } = harness;
    const { id: customerId } = await makeCustomer(admin);
    const make = async (email: string): Promise<string> => {
      const input = { customerId, role: 'CUSTOMER', name: 'A person', email };
      return (await admin.run<{ user: { id: string } }>('createUser', input, 'user { id }')).user.id;
    };
    const working = await make('zz-last@customer.example');
    const disabled = await make('aa-first@customer.example');
    await admin.run('updateUser', { id: disabled, disabled: true }, 'user { id }');
    await copyRows(harness.database, 'user_account', ['email_key'], { where: 'id', is: disabled, count: LIMITS.peoplePerCustomer.most });
    const { customer } = await admin.query<{ customer: { users: { id: string }[] } }>(
      'query($id: ID!) { customer(id: $id) { users { id } } }',
      { id: customerId },
    );
    expect(customer.users).toHaveLength(LIMITS.peoplePerCustomer.most);
    expect(customer.users.map((user) => user.id)).toContain(working);
  });
});
