/** Keys of customers' machines, and addresses that lead to the newest release. */
const KEYS = ['machine-keys.test.ts'];
const MAKERS = ['machine-key-makers.test.ts'];
const STABLE = ['stable-addresses.test.ts'];

export const PATCHES = [
  {
    name: 'revoked-machine-lives',
    package: 'api',
    file: 'machine-keys/key-holders.ts',
    find: 'row.revoked_at !== null || ',
    replace: '',
    fault: 'a revoked machine key goes on',
    tests: KEYS,
  },
  {
    name: 'machine-without-end',
    package: 'api',
    file: 'machine-keys/key-holders.ts',
    find: ' || (expiresAt !== null && expiresAt <= now)',
    replace: '',
    fault: 'a machine key outlives its end',
    tests: KEYS,
  },
  {
    name: 'machine-of-one-license-has-all',
    package: 'api',
    file: 'machine-keys/key-holders.ts',
    find: 'licenseId: row.license_id',
    replace: 'licenseId: null',
    fault: 'a machine key for one license has all that the customer has',
    tests: KEYS,
  },
  {
    name: 'machine-changes',
    package: 'api',
    file: 'kernel/access.ts',
    find: "if (kind === 'MACHINE') throw",
    replace: "if (kind === 'MACHINE' && Date.now() < 0) throw",
    fault: 'a machine key may do what everybody with a credential may',
    tests: KEYS,
  },
  {
    name: 'machine-key-for-other-license',
    package: 'api',
    file: 'machine-keys/machine-key.service.ts',
    find: '{ id: licenseId, customerId }',
    replace: '{ id: licenseId }',
    fault: 'an owner makes a key for the license of another customer',
    tests: MAKERS,
  },
  {
    name: 'stable-leads-to-symbols',
    package: 'api',
    file: 'stable/newest-releases.ts',
    find: ' && !isDebugArchive(fileName)',
    replace: '',
    fault: 'an address leads to debug symbols',
    tests: STABLE,
  },
  {
    name: 'stable-ignores-includes',
    package: 'api',
    file: 'stable/stable-addresses.ts',
    find: '[...expandChannels(channels, [address.channel])]',
    replace: '[address.channel]',
    fault: 'beta does not lead to the stable release that it includes',
    tests: STABLE,
  },
  {
    name: 'stable-serves-uncovered',
    package: 'api',
    file: 'stable/newest-releases.ts',
    find: 'if (found && (!mustBeOpen || found.decision.allowed)) return found;',
    replace: 'if (found) return found;',
    fault: 'who may not have the newest is not led to what is theirs',
    tests: STABLE,
  },
];
