// Runs a command of the built server, for example `pnpm slipway doctor --help`.
import { spawnSync } from 'node:child_process';
import { buildServer, root, serverEnv, serverFile } from './build-server.mjs';

buildServer();
const args = process.argv.slice(2);
const run = spawnSync(process.execPath, [serverFile, ...(args.length === 0 ? ['help'] : args)], {
  cwd: root,
  env: serverEnv,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
