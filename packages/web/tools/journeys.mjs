// Runs the browser journeys where Chromium is installed, and says so where it is not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const chromium =
  process.env.TEST_CHROMIUM ||
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (!chromium) {
  if (process.env.TEST_NOTHING_SKIPPED) throw new Error('Chromium is missing, and nothing may be skipped.');
  process.stdout.write('Browser journeys: SKIPPED, because Chromium is not installed (set TEST_CHROMIUM to its path).\n');
  process.exit(0);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const result = spawnSync('playwright', ['test', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEST_CHROMIUM: chromium },
});
process.exit(result.status ?? 1);
