import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // The limit of time finds what hangs; a slow machine is no fault.
    testTimeout: 60_000,
    // Pure rules leave nothing behind: the files of a worker load them once.
    isolate: false,
  },
});
