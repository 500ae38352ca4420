import 'reflect-metadata';
import { join } from 'node:path';
import { destination } from 'pino';
import { serve, type Serving } from './app/start/serve.js';
import { UsageFault } from './commands/command.js';
import { runCommand } from './commands/commands.js';
import { ConfigFault, readConfig } from './config.js';
import { misspeltVariables } from './config/misspelt.js';
import { StoreRefused } from './storage/ownership/store-refusal.js';
import { StartFault } from './kernel/problem/start-fault.js';
import { createLog } from './kernel/log.js';
import { StorageFault } from './storage/storage-fault.js';

/** Seen from `src` as from the bundle in `dist`. */
const WEB_FOLDER = join(import.meta.dirname, '..', '..', 'web', 'dist');
const USAGE_EXIT_CODE = 2;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const printError = (text: string): void => void process.stderr.write(`${text}\n`);

/** A line of the log for each line that people would read; the sign-ins are among them, as on a terminal. */
function printAsLog(level: string): (text: string) => void {
  const log = createLog(level);
  return (text) => {
    for (const line of text.split('\n').map((one) => one.trim())) if (line !== '') log.info(line);
  };
}

async function serveUntilStopped(): Promise<void> {
  const config = readConfig(process.env);
  const warnings = misspeltVariables(process.env).map((warning) => `Warning: ${warning}`);
  let isStopping = false;
  let serving: Serving | null = null;
  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await serving?.stop().catch((error: unknown) => {
      tellFault('Slipway did not stop in order.', error);
      process.exit(1);
    });
    process.exit(exitCode);
  };
  const say = config.logFormat === 'json' ? printAsLog(config.logLevel) : print;
  const onRefused = (refusal: StoreRefused): void => {
    tellFault('Slipway stops.', refusal);
    void stop(1);
  };
  serving = await serve({ config, webFolder: WEB_FOLDER, warnings, print: say, onRefused });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0)); // again and again: a terminal and its parent both send it
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) return serveUntilStopped();
  process.exitCode = await runCommand(args, () => ({ config: readConfig(process.env), webFolder: WEB_FOLDER }), print);
}

/** What the operator can fix is reported in plain words; only a fault of ours shows its stack. */
function isPlain(error: unknown): error is Error {
  return [ConfigFault, StartFault, StoreRefused, StorageFault].some((kind) => error instanceof kind);
}

function textOf(error: unknown): string {
  if (isPlain(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** As text, or where the server was to log JSON as one line of it; that is known also where another variable is wrong. */
function tellFault(what: string, error: unknown): void {
  const isServer = process.argv.length <= 2;
  if (isServer && process.env['LOG_FORMAT']?.trim() === 'json') tellFaultAsLog(what, error);
  else printError(`${what}\n${textOf(error)}`);
}

function tellFaultAsLog(what: string, error: unknown): void {
  // At once, since the process ends; and whatever LOG_LEVEL says, as it would be said in text.
  const log = createLog('fatal', destination({ dest: process.stderr.fd, sync: true }));
  if (!isPlain(error)) return log.fatal({ err: error }, what);
  for (const line of error.message.split('\n').map((one) => one.trim())) if (line !== '') log.fatal(`${what} ${line}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageFault) {
    printError(error.message);
    process.exit(USAGE_EXIT_CODE);
  }
  tellFault('Slipway cannot start.', error);
  process.exit(1);
});
