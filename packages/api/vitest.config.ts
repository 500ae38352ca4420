import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// type-graphql requires graphql as CommonJS; two copies of it would not know each other's types.
const graphqlPath = createRequire(import.meta.url).resolve('graphql');

const needed = {
  MariaDB: 'TEST_DATABASE_URL',
  'MariaDB with TLS': 'TEST_DATABASE_CA',
  S3: 'TEST_S3_ENDPOINT',
  'a system to install packages in': 'TEST_INSTALL',
};
for (const [name, variable] of Object.entries(needed)) {
  if (process.env[variable]) continue;
  if (process.env['TEST_NOTHING_SKIPPED']) throw new Error(`${variable} is not set, and nothing may be skipped.`);
  process.stdout.write(`SKIPPED: what needs ${name}, because ${variable} is not set (CONTRIBUTING.md says how).\n`);
}

/**
 * What measures or changes the process that it runs in has one of its own; the others share the workers, which load the
 * program once and not once per file.
 */
const APART = [
  'src/features/downloadables/editing/worst-texts.test.ts', // replaces how strings are read
  'src/storage/s3/s3-{credentials,slow}.test.ts', // change the environment
  'src/testing/promises/{bad-requests,costly-queries}.test.ts', // measure memory and pauses
];

/** What measures memory while bytes pass runs when everything else is done: others at work would put off what frees it. */
const ALONE = ['src/storage/contract/memory.test.ts'];

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphqlPath }] },
  test: {
    projects: [
      { extends: true, test: { name: 'apart', include: APART } },
      { extends: true, test: { name: 'together', include: ['src/**/*.test.ts'], exclude: [...APART, ...ALONE], isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE, sequence: { groupOrder: 1 } } },
    ],
    // Half of the time is waiting for databases, stores and started servers: vitest's own default is one worker on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The limits of time find what hangs; a slow machine is no fault.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    globalSetup: ['src/testing/template-folder.ts'],
    setupFiles: ['src/testing/setup.ts'],
  },
});
