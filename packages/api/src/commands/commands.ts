import { adoptStore } from './adopt-store.command.js';
import { helpOf, readOptions, UsageFault, type Command, type CommandCall } from './command.js';
import { doctor } from './doctor.command.js';
import { rebuild } from './rebuild.command.js';
import { verifyAudit } from './verify-audit.command.js';

const COMMANDS: readonly Command[] = [doctor, adoptStore, rebuild, verifyAudit];

/** Runs the command that the arguments name. @returns the exit code @throws UsageFault */
export async function runCommand(
  args: readonly string[],
  call: () => Omit<CommandCall, 'options' | 'print'>,
  print: CommandCall['print'],
): Promise<number> {
  const [name = '', ...rest] = args;
  const command = COMMANDS.find((one) => one.name === name);
  if (name === 'help' || name === '--help') {
    print(listOf());
    return 0;
  }
  if (!command) throw new UsageFault(`There is no command "${name}".\n\n${listOf()}`);
  const options = readOptions(command, rest);
  if (options.has('help')) {
    print(helpOf(command));
    return 0;
  }
  return command.run({ ...call(), options, print });
}

function listOf(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Without a command the server starts. Commands, each with --help:\n${lines.join('\n')}`;
}
