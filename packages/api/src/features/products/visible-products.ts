import { licensedProductsOf, scopesOf, type Actor } from '../../kernel/actor.js';
import { onlyProductOf } from '../../kernel/policy.js';

/** The same as `seesProduct`, as a condition on the table `product`. */
export function visibleProductsSql(actor: Actor): { readonly where: string; readonly parameters: readonly string[] } {
  const only = onlyProductOf(actor);
  if (scopesOf(actor).size > 0 && only === null) return { where: '1 = 1', parameters: [] };
  const own = only === null ? [] : [only];
  const licensed = licensedProductsOf(actor);
  const among = (ids: readonly string[]): string => (ids.length === 0 ? '1 = 0' : `id IN (${ids.map(() => '?').join(', ')})`);
  return {
    where: `(distribution = 'OPEN' OR ${among(own)} OR (distribution = 'LICENSED' AND ${among(licensed)}))`,
    parameters: [...own, ...licensed],
  };
}
