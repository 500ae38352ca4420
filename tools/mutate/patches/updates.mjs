/** What an update check answers, and how the console explains it. */
const REPLY = ['release/update-reply.test.ts'];
const TEXT = ['updates/update-text.test.ts'];

export const PATCHES = [
  {
    name: 'update-withdrawn-unsaid',
    package: 'shared',
    file: 'release/update-reply.ts',
    find: 'if (result.current.isWithdrawn) headers',
    replace: 'if (result.current.isRelease && false) headers',
    fault: 'a program does not hear that what it has was withdrawn',
    tests: REPLY,
  },
  {
    name: 'update-refused-version-unsaid',
    package: 'shared',
    file: 'release/update-reply.ts',
    find: '...(denied && { ...denied, refusedVersion }),',
    replace: '...denied,',
    fault: 'a refusal does not name the version',
    tests: REPLY,
  },
  {
    name: 'update-constraint-unexplained',
    package: 'web',
    file: 'updates/update-text.ts',
    find: 'limit?.ok && !satisfiesConstraint(',
    replace: 'limit?.ok && satisfiesConstraint(',
    fault: 'the console does not say that the constraint keeps a release out',
    tests: TEXT,
  },
  {
    name: 'update-partial-compared-in-full',
    package: 'web',
    file: 'updates/update-text.ts',
    find: 'parsed.value.numbers.length < 4',
    replace: 'parsed.value.numbers.length < 2',
    fault: 'the console says that a partial version is compared in full',
    tests: TEXT,
  },
];
