import { parseArgs } from 'node:util';
import type { Config } from '../config.js';

/** What a command is called with. */
export interface CommandCall {
  readonly config: Config;
  readonly webFolder: string;
  /** Names of the options that were given, without dashes. */
  readonly options: ReadonlySet<string>;
  readonly print: (text: string) => void;
}

/** An argument of the built server that does one thing and ends. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, for `--help`. */
  readonly description: string;
  /** Option to its one line; `help` and `dry-run` are every command's. */
  readonly options: Readonly<Record<string, string>>;
  /** @returns the exit code; its last printed line says what was done */
  run(call: CommandCall): Promise<number>;
}

/** The command line does not fit the command. */
export class UsageFault extends Error {}

const COMMON = { help: 'Shows this text.' } as const;

/** Reads the options of a command. @throws UsageFault naming what is not known */
export function readOptions(command: Command, args: readonly string[]): ReadonlySet<string> {
  const options = { ...command.options, ...COMMON };
  try {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'boolean' as const }])),
      allowPositionals: false,
    });
    return new Set(Object.keys(values));
  } catch {
    throw new UsageFault(`"${command.name} ${args.join(' ')}" is not understood.\n\n${helpOf(command)}`);
  }
}

/** The text of `--help`. */
export function helpOf({ name, description, options }: Command): string {
  const all = Object.entries({ ...options, ...COMMON });
  const width = Math.max(...all.map(([option]) => option.length));
  const lines = all.map(([option, text]) => `  --${option.padEnd(width)}  ${text}`);
  return `Usage: slipway ${name} [options]\n\n${description}\n\nOptions:\n${lines.join('\n')}`;
}
