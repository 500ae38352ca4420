import { mayBeLimited, type ProductScope, type Role } from '@slipway/shared';
import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { oneOf, type Transaction } from '../../database/transaction.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { amountOf } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { notFound } from '../../kernel/problem/faults.js';
import { refuse } from '../../kernel/problem/refusal.js';
import { Product } from '../products/product.entity.js';
import { UserProduct } from './user-account.entity.js';

/** What somebody is limited to, with names. */
export interface ToldProducts {
  readonly productIds: readonly string[];
  readonly products: readonly string[];
}

/** A row of an account joined with `user_product`; the join gives one for each product. */
export interface UserProductRow {
  readonly role: Role | null;
  readonly limited_to: string | null;
}

/** The products that somebody is limited to, from all rows of their account; nobody who may not be limited is. */
export function scopeOfRows(rows: readonly UserProductRow[]): ProductScope {
  const role = rows[0]?.role ?? null;
  const productIds = rows.flatMap(({ limited_to: id }) => id ?? []);
  return role === null || !mayBeLimited(role) || productIds.length === 0 ? null : productIds;
}

/** Refuses products that the role cannot be limited to, or too many. @param productIds none: all products */
export function checkUserProducts(role: Role, productIds: readonly string[]): void {
  if (productIds.length > 0 && !mayBeLimited(role))
    refuse(
      'PRODUCTS_NOT_ALLOWED',
      'Only publishers and support can be limited to products: choose one of these roles, or leave the products out.',
      'productIds',
    );
  if (productIds.length > LIMITS.productsPerPerson.most)
    refuse('TOO_MANY', `Choose at most ${amountOf(LIMITS.productsPerPerson)}, or none for all of them.`, 'productIds');
}

/** What somebody is limited to; empty: all products. In order, as the audit trail keeps it. */
export async function readUserProducts(tx: Transaction, userId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ product_id: string }>('SELECT product_id FROM user_product WHERE user_id = ? ORDER BY product_id', [
    userId,
  ]);
  return rows.map((row) => row.product_id);
}

/** The products as the audit trail keeps them: by their ids, and by their names for people. */
export async function toldProducts(tx: Transaction, productIds: readonly string[]): Promise<ToldProducts> {
  const products = await tx.manager.find(Product, { where: { id: In([...productIds]) }, order: { nameKey: 'ASC', id: 'ASC' } });
  return { productIds, products: products.map(({ name }) => name) };
}

/** @throws PublicFault NOT_FOUND */
export async function requireProducts(tx: Transaction, productIds: readonly string[]): Promise<void> {
  if ((await tx.manager.countBy(Product, { id: In([...productIds]) })) < productIds.length) throw notFound('product');
}

/** Limits somebody to exactly these products. The caller holds the lock of their account. @throws PublicFault NOT_FOUND */
export async function writeUserProducts(tx: Transaction, userId: string, productIds: readonly string[]): Promise<void> {
  const before = await readUserProducts(tx, userId);
  const added = productIds.filter((id) => !before.includes(id));
  await requireProducts(tx, added);
  const gone = before.filter((id) => !productIds.includes(id));
  if (gone.length > 0) {
    const those = oneOf('product_id', gone);
    await tx.execute(`DELETE FROM user_product WHERE user_id = ? AND ${those.sql}`, [userId, ...those.parameters]);
  }
  if (added.length > 0)
    await tx.manager.insert(
      UserProduct,
      added.map((productId) => ({ userId, productId })),
    );
}

/** Ids as they were given, each once and in order. */
export const distinctIds = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

/** The products that people are limited to, by name, two statements per request. */
export const productsByUser = (database: Database): LoaderDefinition<string, readonly Product[]> => ({
  name: 'productsByUser',
  make: () =>
    new DataLoader(async (userIds) => {
      const links = await database.read.findBy(UserProduct, { userId: In([...userIds]) });
      const productIds = distinctIds(links.map(({ productId }) => productId));
      const products = await database.read.find(Product, { where: { id: In([...productIds]) }, order: { nameKey: 'ASC', id: 'ASC' } });
      const linksOf = userIds.map(groupBy(links, (link) => link.userId));
      return linksOf.map((own) => products.filter(({ id }) => own.some(({ productId }) => productId === id)));
    }),
});
