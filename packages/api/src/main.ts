import 'reflect-metadata';
import { join } from 'node:path';
import { createApp } from './app.js';
import { layFoundation } from './app/foundation.js';
import { startSchedule } from './app/schedule.js';
import { prepareFirstStart } from './app/first-start.js';
import { shutDown } from './app/shutdown.js';
import { UsageFault } from './commands/command.js';
import { runCommand } from './commands/commands.js';
import { ConfigFault, readConfig, type Config } from './config.js';
import { StoreRefused } from './features/installation/store-refusal.js';

/** Seen from `src` as from the bundle in `dist`. */
const WEB_FOLDER = join(import.meta.dirname, '..', '..', 'web', 'dist');
const USAGE_EXIT_CODE = 2;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const foundation = await layFoundation(config, WEB_FOLDER);
  const app = await createApp(foundation);
  const { features } = app;
  let isStopping = false;
  let stopAsking = (): void => undefined;
  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    stopWatching();
    stopAsking();
    await shutDown({ app, log: foundation.log, drainSeconds: config.stopDrainSeconds, graceSeconds: config.stopGraceSeconds });
    await foundation.database.close();
    process.exit(exitCode);
  };
  const stopWatching = features.storeGuard.watch((refusal) => {
    process.stderr.write(`Slipway stops.\n${refusal.message}\n`);
    void stop(1);
  });
  const welcome = await prepareFirstStart(config, foundation, features, print);
  await app.server.listen({ port: config.port, host: config.host });
  stopAsking = startSchedule(foundation, features);
  print(`\n  Slipway is ready: ${config.publicUrl}\n${welcome}`);
  for (const note of notesOf(config)) print(`  ${note}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0)); // again and again: a terminal and its parent both send it
}

/** What the operator should know of this way to run it. */
function notesOf({ publicUrl, databaseUrl, s3 }: Config): string[] {
  const isLocal = /\/\/(127\.0\.0\.1|localhost|\[::1\])/.test(publicUrl);
  const lacking = [databaseUrl === null ? 'DATABASE_URL' : '', s3 === null ? 'S3' : ''].filter((name) => name !== '');
  return [
    ...(publicUrl.startsWith('http:') && !isLocal
      ? ['Warning: PUBLIC_URL is http, so session cookies are sent without Secure. Use https in production.']
      : []),
    ...(lacking.length === 1 ? [`One process only: several replicas need ${lacking[0]} as well.`] : []),
  ];
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) return serve();
  process.exitCode = await runCommand(args, () => ({ config: readConfig(process.env), webFolder: WEB_FOLDER }), print);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageFault) {
    process.stderr.write(`${error.message}\n`);
    process.exit(USAGE_EXIT_CODE);
  }
  // Faults of the environment are told in plain words; only an unexpected one shows its stack.
  const isPlain = error instanceof ConfigFault || error instanceof StoreRefused || (error instanceof Error && error.cause !== undefined);
  const message = error instanceof Error ? (isPlain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`Slipway cannot start.\n${message}\n`);
  process.exit(1);
});
