import { EVERYTHING, oneOf, type SqlPart } from '../../database/transaction.js';
import { licensedProductsOf, scopesOf, type Actor } from '../../kernel/actor.js';
import { productScopeOf } from '../../kernel/policy.js';

/**
 * The products that a list shows, as a condition on the table `product`: those that staff and tokens work on, and for all others the
 * same as `seesProduct`. Whoever is limited sees OPEN products of others, too, but has them in no list.
 */
export function listedProductsSql(actor: Actor): SqlPart {
  if (scopesOf(actor).size > 0) {
    const own = productScopeOf(actor);
    return own === null ? EVERYTHING : oneOf('id', own);
  }
  const licensed = oneOf('id', licensedProductsOf(actor));
  return { sql: `(distribution = 'OPEN' OR (distribution = 'LICENSED' AND ${licensed.sql}))`, parameters: licensed.parameters };
}
