import { makeCustomer, makeProduct } from '../make.js';
import { copyRows } from './copy-rows.js';
import { userErrorOf, type CountProbe } from './probe.js';

let count = 0;
const next = (): number => (count += 1);
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** Counts of what a person or a customer has. */
export const PEOPLE_COUNTS = {
  apiTokens: {
    fill: async (harness, present) => {
      const person = await harness.makeUser('ADMIN');
      const make = async () => {
        const input = { name: `token ${next()}`, scopes: ['release:read'], expiresAt: inAnHour() };
        return userErrorOf(await person.mutate('createApiToken', input));
      };
      await make();
      const { viewer } = await person.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
      await copyRows(harness.database, 'api_token', ['token_hash'], { where: 'created_by', is: viewer.user.id, count: present - 1 });
      return make;
    },
  },
  savedFilters: {
    fill: async (harness, present) => {
      const person = await harness.makeUser('PUBLISHER');
      const save = async () => userErrorOf(await person.mutate('saveFilter', { name: `filter ${next()}`, query: 'status=DRAFT' }));
      for (let index = 0; index < present; index += 1) await save();
      return save;
    },
  },
  machineKeysPerCustomer: {
    fill: async ({ admin, database }, present) => {
      const { id: customerId } = await makeCustomer(admin);
      const make = async () => userErrorOf(await admin.mutate('createMachineKey', { customerId, name: `machine ${next()}` }));
      await make();
      await copyRows(database, 'machine_key', ['key_hash'], { where: 'customer_id', is: customerId, count: present - 1 });
      return make;
    },
  },
  licensesPerCustomer: {
    fill: async ({ admin, database }, present) => {
      const { id: customerId } = await makeCustomer(admin);
      const { id: productId } = await makeProduct(admin);
      const make = async () => userErrorOf(await admin.mutate('createLicense', { customerId, productId }));
      await make();
      await copyRows(database, 'license', ['key_hash'], { where: 'customer_id', is: customerId, count: present - 1 });
      return make;
    },
  },
  peoplePerCustomer: {
    fill: async ({ admin, database }, present) => {
      const { id: customerId } = await makeCustomer(admin);
      const make = async () => {
        const input = { customerId, role: 'CUSTOMER', name: 'A person', email: `person-${next()}@customer.example` };
        return userErrorOf(await admin.mutate('createUser', input));
      };
      await make();
      const copies = { where: 'customer_id', is: customerId, count: present - 1 };
      await copyRows(database, 'user_account', ['email_key'], copies);
      return make;
    },
  },
} satisfies Record<string, CountProbe>;
