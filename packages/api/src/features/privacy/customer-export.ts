import { In, MoreThan } from 'typeorm';
import type { Database } from '../../database/database.js';
import { fromSqlInstant } from '../../database/instants.js';
import { Session } from '../accounts/session.entity.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import type { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { Product } from '../products/product.entity.js';
import { listEvents } from './exported-events.js';

/** Raised when a field changes its meaning or goes; new ones may come without. */
const VERSION = 1;
/** Rows in memory at a time. */
const BATCH = 500;

/** Everything that is held about a customer, as the text of one JSON object (`docs/privacy.md`). */
export async function* writeExport(database: Database, customer: Customer, now: Date): AsyncGenerator<string> {
  const people = await database.read.findBy(UserAccount, { customerId: customer.id });
  const licenses = await database.read.find(License, { where: { customerId: customer.id }, order: { id: 'ASC' } });
  const ids = { users: people.map(({ id }) => id), licenses: licenses.map(({ id }) => id) };
  const { emailKey: _key, ...shown } = customer;
  yield `{"format":"slipway-customer","version":${VERSION},"exportedAt":${JSON.stringify(now)},"customer":${JSON.stringify(shown)}`;
  yield `,"people":${JSON.stringify(people.map(({ passwordHash: _hash, emailKey: _email, customerId: _id, ...person }) => person))}`;
  yield `,"licenses":${JSON.stringify(await describeLicenses(database, licenses))}`;
  yield* writeList('sessions', listSessions(database, ids));
  yield* writeList('downloads', listDownloads(database, ids));
  yield* writeList('auditEvents', listEvents(database, { customerId: customer.id, ...ids }));
  yield '}\n';
}

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
    yield page.map(({ createdAt, lastSeenAt, userId, licenseId }) => ({ createdAt, lastSeenAt, userId, licenseId }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}

interface DownloadRow {
  readonly id: string;
  readonly at: string | Date;
  readonly product: string | null;
  readonly version: string | null;
  readonly file: string | null;
  readonly platform: string | null;
  readonly source: string;
  readonly is_counted: number | boolean;
  readonly license_id: string | null;
  readonly user_id: string | null;
}

const DOWNLOADS = `SELECT e.id, e.at, p.name AS product, d.version, a.file_name AS file, e.platform, e.source, e.is_counted, e.license_id, e.user_id
  FROM download_event e LEFT JOIN product p ON p.id = e.product_id LEFT JOIN downloadable d ON d.id = e.downloadable_id
  LEFT JOIN asset a ON a.id = e.asset_id`;

/** By license first, then those of their people without one. */
async function* listDownloads(database: Database, { users, licenses }: OwnIds): AsyncGenerator<object[]> {
  const owners = [
    ...licenses.map((id) => ({ id, where: 'e.license_id = ?' })),
    ...users.map((id) => ({ id, where: 'e.user_id = ? AND e.license_id IS NULL' })),
  ];
  for (const { id, where } of owners)
    for (let last = ''; ;) {
      const page = await database.query<DownloadRow>(`${DOWNLOADS} WHERE ${where} AND e.id > ? ORDER BY e.id LIMIT ${BATCH}`, [id, last]);
      yield page.map(({ id: _id, at, is_counted, license_id: licenseId, user_id: userId, ...row }) => ({
        at: fromSqlInstant(at),
        ...row,
        isCounted: Boolean(is_counted),
        licenseId,
        userId,
      }));
      if (page.length < BATCH) break;
      last = page.at(-1)?.id ?? '';
    }
}
