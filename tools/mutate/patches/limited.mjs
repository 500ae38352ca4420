/** Staff, and tokens, that are limited to products. */
const WALK = ['limited-matrix.test.ts'];
const PEOPLE = ['user-products.test.ts'];

export const PATCHES = [
  {
    name: 'limited-people-are-not',
    file: 'policy.ts',
    find: "return actor.kind === 'USER' || actor.kind === 'TOKEN' ? actor.productIds : null;",
    replace: "return actor.kind === 'TOKEN' ? actor.productIds : null;",
    fault: 'people are limited to no product, tokens alone are',
    tests: WALK,
  },
  {
    name: 'limited-customer-licenses',
    file: 'license.resolver.ts',
    find: 'const productIds = productScopeOf(actor);',
    replace: 'const productIds = (void productScopeOf(actor), null);',
    fault: 'a customer shows the licenses of every product',
    tests: WALK,
  },
  {
    name: 'limited-license-list',
    file: 'license-list.ts',
    find: 'return coversProduct(scope, productId) ? [productId] : [];',
    replace: 'return (void coversProduct, [productId]);',
    fault: 'the licenses of a product are listed for whoever asks for that product',
    tests: WALK,
  },
  {
    name: 'limited-token-of-none',
    file: 'token.service.ts',
    find: 'row.product_id === null ? null : [row.product_id], scopeOfRows(rows))',
    replace: 'row.product_id === null ? null : [row.product_id], row.product_id === null ? scopeOfRows(rows) : null)',
    fault: 'a token keeps the product that its creator lost',
    tests: PEOPLE,
  },
  {
    name: 'limited-admin',
    file: 'user-products.ts',
    find: 'if (productIds.length > 0 && !mayBeLimited(role))',
    replace: "if (productIds.length > 0 && role === 'CUSTOMER' && !mayBeLimited(role))",
    fault: 'an administrator is limited to products',
    tests: PEOPLE,
  },
  {
    name: 'limited-statistics',
    file: 'statistics.service.ts',
    find: 'const productIds = filter.productId == null ? productScopeOf(actor) : [filter.productId];',
    replace: 'const productIds = filter.productId == null ? (void productScopeOf(actor), null) : [filter.productId];',
    fault: 'statistics without a filter count every product',
    tests: PEOPLE,
  },
  {
    name: 'limited-list-twice',
    file: 'keyset-list.ts',
    find: 'ORDER BY ${scope.orderBy} LIMIT ?`, parameters };\n}\n\nasync',
    replace: 'LIMIT ?`, parameters };\n}\n\nasync',
    fault: 'licenses of several products come product by product',
    tests: PEOPLE,
  },
];
