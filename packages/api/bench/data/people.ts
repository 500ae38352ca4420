import { createHash } from 'node:crypto';
import { DEFAULT_CHANNELS } from '@slipway/shared';
import { toSqlInstant } from '../../src/database/instants.js';
import { termsOf } from '../../src/features/customers/customer-terms.js';
import type { BulkWriter } from './bulk-writer.js';
import { CUSTOMER_COUNT, distributionOf, idOf, listLicenses, PRODUCT_COUNT, sessionTokenOf } from './world.js';

const AT = '2014-01-01 00:00:00.000';
const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** Products with the channels that the product itself gives them by default. */
export async function writeProducts(writer: BulkWriter): Promise<void> {
  await writer.insert(
    'product',
    ['id', 'slug', 'name', 'name_key', 'version_scheme', 'distribution', 'created_at', 'updated_at'],
    numbers(PRODUCT_COUNT).map((number) => {
      const name = `Product ${String(number).padStart(2, '0')}`;
      return [idOf('product', number), `product-${number}`, name, name.toLowerCase(), 'ANY', distributionOf(number), AT, AT];
    }),
  );
  await writer.insert(
    'product_channel',
    ['product_id', 'name', 'position', 'includes'],
    numbers(PRODUCT_COUNT).flatMap((number) =>
      DEFAULT_CHANNELS.map(({ name, includes }, position) => [idOf('product', number), name, position, includes.join(',')]),
    ),
  );
}

/**
 * Customers, each with licenses and an account, and an admin. Nobody can sign in: sessions are written by `renewSessions`.
 * @param idle customers beyond those who ask, without an account
 */
export async function writePeople(writer: BulkWriter, idle: number): Promise<void> {
  const emailOf = (number: number): string => `customer-${number}@customer.example`;
  const customers = numbers(CUSTOMER_COUNT + idle);
  await writer.insert(
    'customer',
    ['id', 'name', 'email', 'email_key', 'created_at', 'updated_at'],
    customers.map((number) => [idOf('customer', number), `Customer ${number}`, emailOf(number), emailOf(number), AT, AT]),
  );
  await writer.insert(
    'customer_term',
    ['term', 'customer_id'],
    customers.flatMap((number) =>
      termsOf({ name: `Customer ${number}`, company: null, emailKey: emailOf(number) }).map((term) => [term, idOf('customer', number)]),
    ),
  );
  await writeLicenses(writer, customers.length);
  const account = (number: number, email: string, owner: { readonly role: string; readonly customerId: string | null }) =>
    [idOf('user', number), email, email, 'Bench', owner.role, 'none', owner.customerId, AT] as const;
  await writer.insert(
    'user_account',
    ['id', 'email', 'email_key', 'name', 'role', 'password_hash', 'customer_id', 'created_at'],
    [
      account(CUSTOMER_COUNT, 'admin@vendor.example', { role: 'ADMIN', customerId: null }),
      ...numbers(CUSTOMER_COUNT).map((number) =>
        account(number, emailOf(number), { role: 'CUSTOMER', customerId: idOf('customer', number) }),
      ),
    ],
  );
}

async function writeLicenses(writer: BulkWriter, customers: number): Promise<void> {
  const columns = ['id', 'customer_id', 'product_id', 'key_hash', 'key_sealed', 'key_version', 'key_hint', 'status', 'expiry_policy'];
  await writer.insert(
    'license',
    [...columns, 'updates_until', 'channels', 'platforms', 'downloads_used', 'created_at', 'updated_at'],
    listLicenses(customers).map(({ id, customer, product, channels, updatesUntil }) => [
      id,
      idOf('customer', customer),
      idOf('product', product),
      createHash('sha256').update(id).digest('hex'),
      'none',
      1,
      'BENCH',
      'ACTIVE',
      'REVOKE',
      updatesUntil,
      channels,
      '',
      0,
      AT,
      AT,
    ]),
  );
}

/** Starts every session anew: the product ends them after half an hour of silence. */
export async function renewSessions(writer: BulkWriter): Promise<void> {
  await writer.execute('DELETE FROM session');
  const now = toSqlInstant(new Date());
  const session = (number: number, token: string) =>
    [idOf('session', number), createHash('sha256').update(token).digest('hex'), idOf('user', number), now, now] as const;
  await writer.insert(
    'session',
    ['id', 'token_hash', 'user_id', 'created_at', 'last_seen_at'],
    [session(CUSTOMER_COUNT, sessionTokenOf('admin')), ...numbers(CUSTOMER_COUNT).map((number) => session(number, sessionTokenOf(number)))],
  );
}
