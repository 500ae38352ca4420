import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// type-graphql requires graphql as CommonJS; two copies of it would not know each other's types.
const graphqlPath = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphqlPath }] },
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, setupFiles: ['src/testing/setup.ts'] },
});
