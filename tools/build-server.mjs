// Builds what changed, quietly; ends with the reason when that fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const serverFile = join(root, 'packages', 'api', 'dist', 'main.js');
export const serverEnv = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

export function buildServer() {
  const build = spawnSync('turbo', ['run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    env: serverEnv,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status === 0) return;
  process.stderr.write('The build failed. Run "pnpm build" to see why.\n');
  process.exit(build.status ?? 1);
}
