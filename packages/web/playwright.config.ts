import { defineConfig } from '@playwright/test';

/** Journeys that also run on the embedded default; all of them run on MariaDB and S3 where those are given. */
const ON_EMBEDDED = ['release-with-two-installers.spec.ts', 'customer-downloads.spec.ts'];
const hasProduction = process.env['TEST_DATABASE_URL'] !== undefined && process.env['TEST_S3_ENDPOINT'] !== undefined;

/** `pnpm prove`: speed, which is long and decided by timing, so never part of the tests, and every journey in its heavy form. */
const isProof = process.env['PROVE'] !== undefined;

const JOURNEYS = [
  ...(hasProduction ? [{ name: 'MariaDB and S3', testMatch: '**/*.spec.ts', metadata: { place: 'production' } }] : []),
  { name: 'embedded', testMatch: hasProduction ? ON_EMBEDDED : '**/*.spec.ts', metadata: { place: 'embedded' } },
];

const PROOFS = [
  { name: 'speed', testMatch: '**/*.prove.ts', metadata: { place: 'embedded' } },
  { name: 'journeys', testMatch: '**/*.spec.ts', metadata: { place: hasProduction ? 'production' : 'embedded' } },
];

export default defineConfig({
  testDir: 'e2e',
  // The limits of time find what never comes; a slow machine is no fault.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // Each has a product, a database and a browser of its own.
  workers: isProof ? 1 : 2,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    launchOptions: {
      executablePath: process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    viewport: { width: 1440, height: 900 },
    // A trace takes time of its own: a proof of speed would measure it, and nobody opens those of CI.
    trace: isProof || process.env['CI'] ? 'off' : { mode: 'retain-on-failure', screenshots: false },
  },
  projects: isProof ? PROOFS : JOURNEYS,
});
