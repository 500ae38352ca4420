// Puts small faults into the code, one by one, and tells which of them the tests notice: `pnpm mutate --help`.
import { appendFileSync } from 'node:fs';
import { readPatches } from './patch-list.mjs';
import { MutationWorktree } from './worktree.mjs';

const HELP = `Usage: pnpm mutate [--only <words>] [--list <file>] [--package <name>] [--workers <number>] [--report <file>]

Puts each fault of tools/mutate/patches into a temporary worktree (the working tree stays as it is, what is not
committed yet is tried as well), runs the tests that are expected to notice it, and ends with "N of M caught".
Exit code: 0 when every patch was applied and caught, else 1.

  --only <words>     the patches whose name contains this
  --list <file>      the patches of one list, for example "people"
  --package <name>   the patches of shared, api or web
  --workers <number> this many patches at a time (1)
  --report <file>    appends each outcome to a file, too
`;

/** The options of the command line. @throws when one is unknown or has no value */
function readOptions(args) {
  const options = { only: '', list: '', package: '', workers: '1', report: '' };
  for (let index = 0; index < args.length; index += 2) {
    const name = args[index]?.replace(/^--/, '') ?? '';
    if (!(name in options) || args[index + 1] === undefined) throw new Error(`${args[index]}: see --help.`);
    options[name] = args[index + 1];
  }
  return options;
}

/** Runs the patches that are left, one after the other, in a worktree of its own. */
async function work(queue, tell) {
  const worktree = MutationWorktree.create();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      worktree.remove();
      process.exit(1);
    });
  try {
    for (let patch = queue.shift(); patch; patch = queue.shift()) tell(patch, await worktree.judge(patch));
  } finally {
    worktree.remove();
  }
}

async function main(args) {
  if (args.includes('--help')) return void process.stdout.write(HELP);
  const options = readOptions(args);
  const queue = (await readPatches()).filter(
    (patch) =>
      patch.name.includes(options.only) &&
      (!options.list || patch.list === options.list) &&
      (!options.package || patch.package === options.package),
  );
  const total = queue.length;
  if (total === 0) throw new Error('No patch has such a name: see tools/mutate/patches.');
  const counts = { caught: 0, survived: 0, 'does not apply': 0, 'not tried': 0 };
  await Promise.all(
    Array.from({ length: Math.min(Number(options.workers), total) }, () =>
      work(queue, (patch, { outcome, detail }) => {
        counts[outcome] += 1;
        const line = `${outcome.padEnd(14)} ${patch.list}/${patch.name}: ${patch.fault}${detail ? `\n               ${detail}` : ''}\n`;
        process.stdout.write(line);
        if (options.report) appendFileSync(options.report, line);
      }),
    ),
  );
  const tried = total - counts['not tried'];
  const rest = ['does not apply', 'not tried'].filter((outcome) => counts[outcome] > 0).map((outcome) => `, ${counts[outcome]} ${outcome}`);
  process.stdout.write(`${counts.caught} of ${tried} caught${rest.join('')}\n`);
  if (counts.caught < tried) process.exitCode = 1;
}

await main(process.argv.slice(2));
