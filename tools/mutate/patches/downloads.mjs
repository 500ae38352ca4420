/** Who may download, and what counts. */
const LICENSES = ['license.test.ts'];
const MATRIX = ['matrix.test.ts'];

export const PATCHES = [
  {
    name: 'counted-longer',
    file: 'access-facts.ts',
    find: 'COUNTED_ONCE_MS = 24 * 3_600_000',
    replace: 'COUNTED_ONCE_MS = 25 * 3_600_000',
    fault: 'a download repeats for free for longer than 24 hours',
    tests: LICENSES,
  },
  {
    name: 'counted-shorter',
    file: 'access-facts.ts',
    find: 'COUNTED_ONCE_MS = 24 * 3_600_000',
    replace: 'COUNTED_ONCE_MS = 23 * 3_600_000',
    fault: 'a download is paid for twice within 24 hours',
    tests: LICENSES,
  },
  {
    name: 'counted-from-last',
    file: 'download.service.ts',
    find: 'if (known && isCountedRecently(known, use.now)) return false;',
    replace:
      "if (known && isCountedRecently(known, use.now)) { await tx.execute('UPDATE license_download SET counted_at = ? WHERE license_id = ? AND asset_id = ?', [toSqlInstant(use.now), use.licenseId, use.assetId]); return false; }",
    fault: 'each repetition begins the 24 hours anew',
    tests: LICENSES,
  },
  {
    name: 'never-counted-again',
    file: 'download.service.ts',
    find: 'if (known && isCountedRecently(known, use.now)) return false;',
    replace: 'if (known && (void isCountedRecently, true)) return false;',
    fault: 'a file is paid for once and for all',
    tests: LICENSES,
  },
  {
    name: 'limit-not-held',
    file: 'download.service.ts',
    find: 'WHERE id = ? AND (max_downloads IS NULL OR downloads_used < max_downloads)',
    replace: 'WHERE id = ?',
    fault: 'two requests that come at once both take the last download',
    tests: ['races.test.ts'],
  },
  {
    name: 'bound-token-and-customers',
    file: 'access-subjects.ts',
    find: 'customerIds: [customerId], productIds: productScopeOf(actor) }',
    replace: 'customerIds: [customerId], productIds: (void productScopeOf(actor), null) }',
    fault: 'a token for one product learns what customers have of others',
    tests: MATRIX,
  },
  {
    name: 'reader-and-customers',
    file: 'policy.ts',
    find: "customerId === customerId) || scopesOf(actor).has('license:read')",
    replace: "customerId === customerId) || scopesOf(actor).has('license:read') || scopesOf(actor).has('release:read')",
    fault: 'who reads releases learns what customers have',
    tests: MATRIX,
  },
  {
    name: 'at-is-ignored',
    file: 'access.service.ts',
    find: 'at ?? this.use.clock.now()',
    replace: '(void at, this.use.clock.now())',
    fault: 'checkEntitlement answers for now, whatever instant is asked',
    tests: LICENSES,
  },
  {
    name: 'as-all-licenses',
    file: 'access-subjects.ts',
    find: 'licenses: subject.licenses.filter((license) => license.productId === productId),',
    replace: 'licenses: subject.licenses,',
    fault: 'a license of one product opens another',
    tests: ['access-as.test.ts', 'matrix.test.ts'],
  },
  {
    name: 'staff-without-product',
    file: 'policy.ts',
    find: 'coversProduct(productScopeOf(actor), productId);',
    replace: '(void coversProduct, void productScopeOf(actor), void productId, true);',
    fault: 'a token for one product reaches every other',
    tests: MATRIX,
  },
];
