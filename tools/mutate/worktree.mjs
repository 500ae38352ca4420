import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const PACKAGES = ['shared', 'api', 'web'];
/** One file of hundreds changes from patch to patch. */
const KEEP_COMPILED = '--experimental.fsModuleCache';
/** A test that hangs has noticed. */
const TIMEOUT_MS = 300_000;

const git = (...args) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const lines = (text) => text.split('\n').filter(Boolean);

/** A copy of the tree in which faults are tried; the working tree is never written to. */
export class MutationWorktree {
  constructor(folder) {
    this.folder = folder;
    this.files = [];
  }

  /** What is not committed yet is copied; packages and what was built are the working tree's. */
  static create() {
    const worktree = new MutationWorktree(join(mkdtempSync(join(tmpdir(), 'slipway-mutate-')), 'tree'));
    const { folder } = worktree;
    git('worktree', 'add', '--detach', folder, 'HEAD');
    for (const path of lines(git('diff', '--name-only', '--no-renames', 'HEAD'))) {
      rmSync(join(folder, path), { force: true });
      if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path));
    }
    for (const path of lines(git('ls-files', '--others', '--exclude-standard'))) cpSync(join(root, path), join(folder, path));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of PACKAGES) {
      // Links between packages are relative: copied as they are, they lead to the packages of this tree.
      const copied = name === 'shared' ? ['node_modules', 'dist'] : ['node_modules'];
      for (const part of copied) copyPart(join('packages', name, part), folder);
    }
    worktree.files = lines(
      execFileSync('git', ['-C', folder, 'ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }),
    );
    return worktree;
  }

  /** @param {import('./patch-list.mjs').Patch} patch @returns whether the tests noticed it */
  async judge(patch) {
    if (patch.needs && !process.env[patch.needs]) return { outcome: 'not tried', detail: `its tests need ${patch.needs}` };
    const found = this.#resolve(patch);
    if (typeof found === 'string') return { outcome: 'does not apply', detail: found };
    const { file, tests } = found;
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    if (before.split(patch.find).length !== 2)
      return { outcome: 'does not apply', detail: `its text stands ${before.split(patch.find).length - 1} times in ${file}` };
    writeFileSync(
      path,
      before.replace(patch.find, () => patch.replace),
    );
    try {
      const isBuilt = patch.package === 'shared' && (patch.testsIn ?? 'shared') !== 'shared';
      if (isBuilt && !(await this.#buildShared())) return { outcome: 'caught', detail: 'it does not compile' };
      const status = await run(
        ['vitest', 'run', '--bail', '1', KEEP_COMPILED, ...tests],
        join(this.folder, 'packages', patch.testsIn ?? patch.package),
      );
      return { outcome: status === 0 ? 'survived' : 'caught', detail: '' };
    } finally {
      writeFileSync(path, before);
      if (patch.package === 'shared' && patch.testsIn) await this.#buildShared();
    }
  }

  remove() {
    git('worktree', 'remove', '--force', this.folder);
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }

  #resolve(patch) {
    const inPackage = (end, name) =>
      this.files.filter((file) => file.startsWith(`packages/${name}/`) && (file.endsWith(`/${end}`) || file === end));
    const [file, other] = inPackage(patch.file, patch.package);
    if (!file || other) return `${other ? 'more than one file is' : 'no file is'} named ${patch.file}`;
    const tests = [];
    for (const end of patch.tests) {
      const [test, second] = inPackage(end, patch.testsIn ?? patch.package);
      if (!test || second) return `${second ? 'more than one test is' : 'no test is'} named ${end}`;
      tests.push(test.replace(`packages/${patch.testsIn ?? patch.package}/`, ''));
    }
    return { file, tests };
  }

  async #buildShared() {
    return (await run(['tsc', '-p', 'tsconfig.build.json'], join(this.folder, 'packages', 'shared'))) === 0;
  }
}

function copyPart(part, folder) {
  if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
}

/** Runs a program of the packages. @returns its exit code; 1 when it takes too long */
function run([program, ...args], cwd) {
  const path = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(':');
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, PATH: path, TEST_LOG: 'silent' }, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => process.kill(-Number(child.pid), 'SIGKILL'), TIMEOUT_MS);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
    child.on('error', () => resolve(1));
  });
}
