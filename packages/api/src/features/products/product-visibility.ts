import { licensedProductsOf, scopesOf, type Actor } from '../../kernel/actor.js';
import type { Product } from './product.entity.js';

/** Whether the actor works for the vendor and sees products as such; a token for one product sees that one. */
export function managesProduct(actor: Actor, productId: string): boolean {
  if (scopesOf(actor).size === 0) return false;
  return actor.kind !== 'TOKEN' || actor.productId === null || actor.productId === productId;
}

/** Whether the actor may know that the product exists. */
export function seesProduct(actor: Actor, product: Pick<Product, 'id' | 'distribution'>): boolean {
  if (managesProduct(actor, product.id)) return true;
  if (product.distribution === 'OPEN') return true;
  return product.distribution === 'LICENSED' && licensedProductsOf(actor).includes(product.id);
}

/** The same as `seesProduct`, as a condition on the table `product`. */
export function visibleProductsSql(actor: Actor): { readonly where: string; readonly parameters: readonly string[] } {
  const isVendor = scopesOf(actor).size > 0;
  if (isVendor && !(actor.kind === 'TOKEN' && actor.productId !== null)) return { where: '1 = 1', parameters: [] };
  const own = actor.kind === 'TOKEN' && actor.productId !== null ? [actor.productId] : [];
  const licensed = licensedProductsOf(actor);
  const among = (ids: readonly string[]): string => (ids.length === 0 ? '1 = 0' : `id IN (${ids.map(() => '?').join(', ')})`);
  return {
    where: `(distribution = 'OPEN' OR ${among(own)} OR (distribution = 'LICENSED' AND ${among(licensed)}))`,
    parameters: [...own, ...licensed],
  };
}
