import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Readable for its owner only. */
const PRIVATE = 0o700;

/**
 * Makes a folder and those above it; no error when it is there. Not `recursive`: Node 20's own spins for ever where a folder
 * cannot be made in one that is there, as below `/proc`.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: PRIVATE });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isFolder(folder))) return;
    if (code !== 'ENOENT' || (await isFolder(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: PRIVATE });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
