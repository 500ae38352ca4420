import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// type-graphql requires graphql as CommonJS; two copies of it would not know each other's types.
const graphqlPath = createRequire(import.meta.url).resolve('graphql');

const servers = { MariaDB: 'TEST_DATABASE_URL', 'MariaDB with TLS': 'TEST_DATABASE_CA', S3: 'TEST_S3_ENDPOINT' };
for (const [name, variable] of Object.entries(servers)) {
  if (process.env[variable]) continue;
  if (process.env['TEST_NOTHING_SKIPPED']) throw new Error(`${variable} is not set, and nothing may be skipped.`);
  process.stdout.write(`SKIPPED: what needs ${name}, because ${variable} is not set (CONTRIBUTING.md says how).\n`);
}

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphqlPath }] },
  test: {
    include: ['src/**/*.test.ts'],
    // Half of the time is waiting for databases, stores and started servers: vitest's own default is one worker on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The limits of time find what hangs; a slow machine is no fault.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    setupFiles: ['src/testing/setup.ts'],
  },
});
