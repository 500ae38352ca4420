import { In, MoreThan } from 'typeorm';
import type { Database } from '../../database/database.js';
import { fromSqlInstant } from '../../database/instants.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { Mail } from '../../machinery/mail/mail.entity.js';
import { addressHash } from '../../machinery/mail/refused-addresses.js';
import { OneTimeLink } from '../accounts/links/one-time-link.entity.js';
import { Session } from '../accounts/session.entity.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import type { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { MachineKey } from '../machine-keys/machine-key.entity.js';
import { NewsChoiceRow } from '../news/news-choice.entity.js';
import { Product } from '../products/product.entity.js';
import { listEvents } from './exported-events.js';
import { listNotices } from './exported-notices.js';

/** Raised when a field changes its meaning or goes; new ones may come without. */
const VERSION = 1;
/** Rows in memory at a time. */
const BATCH = 500;

/** Everything that is held about a customer, as the text of one JSON object (`docs/privacy.md`). */
export async function* writeExport(
  { database, secrets }: { readonly database: Database; readonly secrets: Secrets },
  customer: Customer,
  now: Date,
): AsyncGenerator<string> {
  const people = await database.read.findBy(UserAccount, { customerId: customer.id });
  const licenses = await database.read.find(License, { where: { customerId: customer.id }, order: { id: 'ASC' } });
  const machineKeys = await database.read.find(MachineKey, { where: { customerId: customer.id }, order: { id: 'ASC' } });
  const ids = { users: people.map(idOf), licenses: licenses.map(idOf), machineKeys: machineKeys.map(idOf) };
  const { emailKey: _key, ...shown } = customer;
  yield `{"format":"slipway-customer","version":${VERSION},"exportedAt":${JSON.stringify(now)},"customer":${JSON.stringify(shown)}`;
  yield `,"people":${JSON.stringify(people.map(({ passwordHash: _hash, emailKey: _email, customerId: _id, ...person }) => person))}`;
  yield `,"licenses":${JSON.stringify(await describeLicenses(database, licenses))}`;
  yield `,"machineKeys":${JSON.stringify(machineKeys.map(({ keyHash: _hash, customerId: _id, ...key }) => key))}`;
  const addresses = [...new Set([customer.email, ...people.map(({ email }) => email)])];
  yield `,"newsChoices":${JSON.stringify(await listChoices({ database, secrets }, addresses))}`;
  yield* writeList('invitations', listInvitations(database, customer.id));
  yield* writeList('mails', listMails(database, customer.id));
  yield* writeList('notices', listNotices(database, customer.id));
  yield* writeList('sessions', listSessions(database, ids));
  yield* writeList('downloads', listLog(database, { table: 'download_event', columns: DOWNLOAD }, customer.id));
  yield* writeList('refusals', listLog(database, { table: 'refusal', columns: REFUSAL }, customer.id));
  yield* writeList('auditEvents', listEvents(database, { customerId: customer.id, ...ids }));
  yield '}\n';
}

const idOf = ({ id }: { readonly id: string }): string => id;

interface OwnIds {
  readonly users: readonly string[];
  readonly licenses: readonly string[];
}

async function* writeList(name: string, pages: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  yield `,"${name}":[`;
  let separator = '';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${separator}${page.map((row) => JSON.stringify(row)).join(',')}`;
    separator = ',';
  }
  yield ']';
}

/** Without keys, and without what is derived from them. */
async function describeLicenses(database: Database, licenses: readonly License[]): Promise<object[]> {
  const products = await database.read.findBy(Product, { id: In([...new Set(licenses.map(({ productId }) => productId))]) });
  return licenses.map(({ keyHash: _hash, keySealed: _sealed, keyVersion: _version, customerId: _id, productId, ...license }) => ({
    ...license,
    product: products.filter(({ id }) => id === productId).map(({ id, slug, name }) => ({ id, slug, name }))[0] ?? { id: productId },
  }));
}

async function* listSessions(database: Database, { users, licenses }: OwnIds): AsyncGenerator<object[]> {
  const where = [{ userId: In([...users]) }, { licenseId: In([...licenses]) }];
  for (let last = ''; ;) {
    const page = await database.read.find(Session, {
      where: where.map((one) => ({ ...one, id: MoreThan(last) })),
      order: { id: 'ASC' },
      take: BATCH,
    });
    yield page.map(({ createdAt, lastSeenAt, device, userId, licenseId }) => ({ createdAt, lastSeenAt, device, userId, licenseId }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}

/** What was chosen to be heard at each address, by product; empty: for all of them. */
async function listChoices(
  use: { readonly database: Database; readonly secrets: Secrets },
  addresses: readonly string[],
): Promise<object[]> {
  const found = await Promise.all(
    addresses.map(async (address) => {
      const rows = await use.database.read.findBy(NewsChoiceRow, { addressHash: addressHash(use.secrets, address) });
      return rows.map(({ productId, choice, changedAt }) => ({ address, productId, choice, changedAt }));
    }),
  );
  return found.flat();
}

/** Whom the customer's people were and are invited as, oldest first, without what opens them. */
async function* listInvitations(database: Database, customerId: string): AsyncGenerator<object[]> {
  const where = { customerId, purpose: 'INVITATION' } as const;
  for (let last = ''; ;) {
    const page = await database.read.find(OneTimeLink, { where: { ...where, id: MoreThan(last) }, order: { id: 'ASC' }, take: BATCH });
    yield page.map(({ address, name, memberRole, createdAt, expiresAt, usedAt, revokedAt }) => ({
      address,
      name,
      memberRole,
      createdAt,
      expiresAt,
      usedAt,
      revokedAt,
    }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}

/** Mails to the customer and its people, oldest first, without what they said. */
async function* listMails(database: Database, customerId: string): AsyncGenerator<object[]> {
  for (let last = ''; ;) {
    const page = await database.read.find(Mail, { where: { customerId, id: MoreThan(last) }, order: { id: 'ASC' }, take: BATCH });
    yield page.map(({ kind, state, toAddress, subject, createdAt, settledAt }) => ({
      kind,
      state,
      toAddress,
      subject,
      createdAt,
      settledAt,
    }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}

/** Columns of a log that are shown, after its time. */
const DOWNLOAD = 'version, file_name, platform, source, is_counted, client, address, license_id, user_id, machine_key_id, request_id';
const REFUSAL =
  'code, message, operation, version, file_name, key_ending, client, address, license_id, user_id, machine_key_id, request_id';

/** What a log has of the customer, oldest first, each with its product's name. */
async function* listLog(
  database: Database,
  log: { readonly table: string; readonly columns: string },
  customerId: string,
): AsyncGenerator<object[]> {
  const shown = log.columns
    .split(', ')
    .map((name) => `e.${name}`)
    .join(', ');
  const sql = `SELECT e.id, e.at, p.name AS product, ${shown} FROM ${log.table} e LEFT JOIN product p ON p.id = e.product_id
    WHERE e.customer_id = ? AND e.id > ? ORDER BY e.id LIMIT ${BATCH}`;
  for (let last = ''; ;) {
    const page = await database.query<{ id: string; at: string | Date }>(sql, [customerId, last]);
    yield page.map(({ id: _id, at, ...row }) => ({ at: fromSqlInstant(at), ...inWords(row) }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}

/** Columns under the names that fields have elsewhere. */
function inWords(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      name.startsWith('is_') ? Boolean(value) : value,
    ]),
  );
}
