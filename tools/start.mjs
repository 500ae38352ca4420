// Builds what changed, then runs the built server. `pnpm start` has installed the packages before.
import { spawn } from 'node:child_process';
import { buildServer, root, serverEnv, serverFile } from './build-server.mjs';

process.stdout.write('  Building Slipway ...\n');
buildServer();

const server = spawn(process.execPath, [serverFile], { cwd: root, env: serverEnv, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
