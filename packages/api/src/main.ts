import 'reflect-metadata';
import { join } from 'node:path';
import { createApp } from './app.js';
import { layFoundation } from './app/foundation.js';
import { startSchedule } from './app/schedule.js';
import { prepareFirstStart } from './app/first-start.js';
import { ConfigFault, readConfig } from './config.js';
import { rebuildReleases } from './features/downloadables/rebuild.js';

/** How long a stopping server lets requests finish. */
const GRACE_MS = 10_000;
/** Seen from `src` as from the bundle in `dist`. */
const WEB_FOLDER = join(import.meta.dirname, '..', '..', 'web', 'dist');

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const foundation = await layFoundation(config, WEB_FOLDER);
  const app = await createApp(foundation);
  const welcome = await prepareFirstStart(config, foundation, app.features, print);
  await app.server.listen({ port: config.port, host: config.host });
  const stopAsking = startSchedule(foundation, app.features);
  print(`\n  Slipway is ready: ${config.publicUrl}\n${welcome}`);
  if (config.publicUrl.startsWith('http:') && !/\/\/(127\.0\.0\.1|localhost|\[::1\])/.test(config.publicUrl)) {
    print('  Warning: PUBLIC_URL is http, so session cookies are sent without Secure. Use https in production.');
  }
  const stop = async (): Promise<void> => {
    stopAsking();
    // Downloads under way may finish, but not for ever.
    setTimeout(() => app.server.server.closeAllConnections(), GRACE_MS).unref();
    await app.close();
    await foundation.database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)));
}

/** `main.js rebuild`: see `rebuildReleases`. */
async function rebuild(): Promise<void> {
  const { database } = await layFoundation(readConfig(process.env), WEB_FOLDER);
  const count = await rebuildReleases(database, (done) => print(`  ${done} releases`));
  print(`What lists and searches read of ${count} releases was written again.`);
  await database.close();
}

(process.argv[2] === 'rebuild' ? rebuild() : start()).catch((error: unknown) => {
  // Faults of the environment are told in plain words; only an unexpected one shows its stack.
  const isPlain = error instanceof ConfigFault || (error instanceof Error && error.cause !== undefined);
  const message = error instanceof Error ? (isPlain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`Slipway cannot start.\n${message}\n`);
  process.exit(1);
});
