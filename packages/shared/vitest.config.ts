import { defineConfig } from 'vitest/config';

// The limit of time finds what hangs; a slow machine is no fault.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], testTimeout: 60_000 } });
