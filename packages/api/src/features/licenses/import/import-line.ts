import { asciiEmail, emailKey, type LicenseStatus } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse, productScopeOf } from '../../../kernel/policy.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { Customer } from '../../customers/customer.entity.js';
import type { CustomerService } from '../../customers/customer.service.js';
import { Product } from '../../products/product.entity.js';
import { CELLS, type LicenseRow } from '../csv/license-cells.js';
import { isImported, LICENSE_COLUMNS, type ImportColumn } from '../csv/license-columns.js';
import type { LicenseChanges } from '../license-changes.js';
import { License } from '../license.entity.js';
import type { LicenseService } from '../license.service.js';
import { findIdentified } from './identified-license.js';
import type { LicenseKeys } from '../license-keys.js';
import { applyTerms, isSameTerms } from '../license.rules.js';
import { sameChannels, type LineValues } from './line-values.js';

/** A cell of a license that a line changes, as the export writes it. */
export interface LineChange {
  readonly column: ImportColumn;
  readonly before: string;
  readonly after: string;
}

export interface LineResult {
  readonly outcome: 'CREATE' | 'CHANGE' | 'UNCHANGED';
  readonly licenseId: string;
  readonly changes: readonly LineChange[];
}

export interface ImportLineUse {
  readonly licenses: LicenseService;
  readonly changes: LicenseChanges;
  readonly customers: CustomerService;
  readonly licenseKeys: LicenseKeys;
}

/** What a line is about: its product, and customer and license as far as they are there. */
interface Place {
  readonly values: LineValues;
  readonly product: Product;
  readonly customer: Customer | null;
  readonly known: License | null;
}

/** Makes or changes the license of one line, in the transaction that notes it. A dry run undoes the transaction. @throws Refusal, PublicFault */
export async function applyLine(
  tx: Transaction,
  use: ImportLineUse,
  asked: { context: RequestContext; values: LineValues },
): Promise<LineResult> {
  const { context, values } = asked;
  const product = await lockProduct(tx, context, values.product);
  const customer = await findCustomer(tx, context, values.email);
  const known = await findIdentified(tx, use.licenseKeys, { values, productId: product.id, customerId: customer?.id ?? null });
  const place = { values, product, customer, known };
  const before = known && customer ? rowOf(place, known, customer) : null;
  const owner = await ownerOf(tx, use, { context, place });
  const licenseId = known?.id ?? (await create(tx, use, { context, place, owner }));
  if (known) await change(tx, use, { context, place });
  await changeStatus(tx, use, { context, id: licenseId, from: known?.status ?? 'ACTIVE', to: values.status });
  if (before === null) return { outcome: 'CREATE', licenseId, changes: [] };
  const changes = differences(before, rowOf(place, await tx.manager.findOneByOrFail(License, { id: licenseId }), owner));
  return { outcome: changes.length > 0 ? 'CHANGE' : 'UNCHANGED', licenseId, changes };
}

async function lockProduct(tx: Transaction, { actor }: RequestContext, slug: string): Promise<Product> {
  const product = await tx.lock(Product, { slug });
  if (product && mayUse(actor, 'license:write', product.id)) return product;
  return refuse('NOT_FOUND', `There is no product “${slug.slice(0, 80)}”: check its slug.`, 'product');
}

/** The customer with an address. Whoever is limited to some products knows those alone that have a license of one of them. */
async function findCustomer(tx: Transaction, { actor }: RequestContext, email: string): Promise<Customer | null> {
  const customer = await tx.manager.findOneBy(Customer, { emailKey: emailKey(email) });
  const productIds = productScopeOf(actor);
  if (productIds === null) return customer;
  const isKnown = customer !== null && (await tx.query(LICENSED(productIds.length), [customer.id, ...productIds])).length > 0;
  if (isKnown) return customer;
  return refuse(
    'NOT_FOUND',
    'You have no customer with this address: ask somebody who works on all products to import this line.',
    'email',
  );
}

const LICENSED = (count: number): string =>
  `SELECT id FROM license WHERE customer_id = ? AND product_id IN (${Array.from({ length: count }, () => '?').join(', ') || 'NULL'}) LIMIT 1`;

interface Asked {
  readonly context: RequestContext;
  readonly place: Place;
}

/** The customer, made when missing; what is known of one stays. */
async function ownerOf(tx: Transaction, { customers }: ImportLineUse, { context, place }: Asked): Promise<Customer> {
  const { customer, values } = place;
  const { name, company, email } = values;
  if (!customer) return customers.findOrInsert(tx, context, { email, name: name || asciiEmail(email).slice(0, 100), company });
  return mayUse(context.actor, 'license:write', null) ? customers.fillIn(tx, context, { customer, name, company }) : customer;
}

function create(tx: Transaction, use: ImportLineUse, { context, place, owner }: Asked & { readonly owner: Customer }): Promise<string> {
  const { key, terms } = place.values;
  const newKey = key === null ? use.licenses.newKey(null) : use.licenseKeys.acceptImported(key);
  return use.licenses.insert(tx, context, { input: { ...terms, customerId: owner.id, productId: place.product.id }, key: newKey });
}

/** A revoked license, or a channel that its product has lost, is no fault where nothing is to change. */
async function change(tx: Transaction, { changes }: ImportLineUse, { context, place: { known, values } }: Asked): Promise<void> {
  if (!known) return;
  const { channels, ...others } = values.terms;
  const isSameChannels = channels === undefined || sameChannels(known.channels, channels);
  const terms = isSameChannels ? others : values.terms;
  if (!isSameTerms(known, applyTerms(known, terms))) await changes.update(tx, context, { id: known.id, ...terms });
}

const STEPS: Readonly<Record<LicenseStatus, 'suspend' | 'reinstate' | 'revoke'>> = {
  ACTIVE: 'reinstate',
  SUSPENDED: 'suspend',
  REVOKED: 'revoke',
};

interface StatusChange {
  readonly context: RequestContext;
  readonly id: string;
  readonly from: LicenseStatus;
  readonly to: LicenseStatus | null;
}

async function changeStatus(tx: Transaction, { changes }: ImportLineUse, { context, id, from, to }: StatusChange): Promise<void> {
  if (to !== null && to !== from) await changes.change(tx, context, { id, change: STEPS[to] });
}

const rowOf = ({ product }: Place, license: License, customer: Customer): LicenseRow => ({ license, customer, product, key: '' });

function differences(before: LicenseRow, after: LicenseRow): readonly LineChange[] {
  return LICENSE_COLUMNS.filter(isImported)
    .map((column) => ({ column, before: String(CELLS[column](before)), after: String(CELLS[column](after)) }))
    .filter((one) => one.before !== one.after);
}
