import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One small fault. `file` and `tests` are the ends of paths, such as `session.service.ts`, so that a move of a folder changes
 * nothing here; `package` is where the file is and, unless `testsIn` says otherwise, its tests.
 * @typedef {{ list: string, name: string, package: 'shared' | 'api' | 'web', file: string, find: string, replace: string,
 *   fault: string, tests: string[], testsIn?: 'shared' | 'api' | 'web', needs?: string }} Patch
 * `needs` names the variable without which its tests skip what would notice.
 */

const folder = join(import.meta.dirname, 'patches');

/** Every patch of every list. @returns {Promise<Patch[]>} @throws when two have one name */
export async function readPatches() {
  const lists = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const patches = [];
  for (const file of lists.sort()) {
    const { PATCHES } = await import(join(folder, file));
    const list = file.replace('.mjs', '');
    for (const patch of PATCHES) patches.push({ package: 'api', tests: [], ...patch, list });
  }
  const names = patches.map((patch) => `${patch.list}/${patch.name}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${twice} stands twice: give each patch of a list its own name.`);
  return patches;
}
