import { EVERYTHING, type SqlPart } from '../../database/transaction.js';
import { licensedProductsOf, scopesOf, type Actor } from '../../kernel/actor.js';
import { onlyProductOf } from '../../kernel/policy.js';

/** The same as `seesProduct`, as a condition on the table `product`. */
export function visibleProductsSql(actor: Actor): SqlPart {
  const only = onlyProductOf(actor);
  if (scopesOf(actor).size > 0 && only === null) return EVERYTHING;
  const own = only === null ? [] : [only];
  const licensed = licensedProductsOf(actor);
  const among = (ids: readonly string[]): string => (ids.length === 0 ? '1 = 0' : `id IN (${ids.map(() => '?').join(', ')})`);
  return {
    sql: `(distribution = 'OPEN' OR ${among(own)} OR (distribution = 'LICENSED' AND ${among(licensed)}))`,
    parameters: [...own, ...licensed],
  };
}
