import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of this run (`template-folder.ts`); without one every database is migrated. */
const folder = process.env['TEST_TEMPLATE_FOLDER'];

/** Whether databases of this run are copies of one that was migrated. */
export const hasTemplates = folder !== undefined;

/**
 * A file that is made once per run, by whoever wants it first. Two who want it at once both make it, and either is right.
 * @param make writes it to the path that it is given @returns its path
 */
export async function templateFile(name: string, make: (path: string) => Promise<void>): Promise<string> {
  if (folder === undefined) throw new Error('This run has no folder for templates.');
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const workshop = await mkdtemp(join(folder, 'making-'));
  const made = join(workshop, name);
  await make(made);
  await rename(made, path);
  await rm(workshop, { recursive: true });
  return path;
}

/** As `templateFile`, of text. */
export async function templateText(name: string, make: () => Promise<string>): Promise<string> {
  const path = await templateFile(name, async (target) => writeFile(target, await make()));
  return readFile(path, 'utf8');
}
