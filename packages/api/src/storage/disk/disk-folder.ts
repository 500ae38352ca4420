import { randomBytes } from 'node:crypto';
import { access, constants, open, opendir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../kernel/make-folder.js';
import { diskFaultOf, hasCode, orAbsent } from './disk-faults.js';
import { OBJECT_KEY_PREFIX, requireObjectKey } from '../object-key.js';
import type { OpenUpload, StoreRoom } from '../object-store.js';

const UPLOAD_ID = /^[A-Za-z0-9_-]{22}$/;
const UPLOAD_ID_BYTES = 16;
/** Beside the shelves, so that no listing of files shows it. */
const CLAIM_FILE = 'installation.json';

const CHECK_TEXT = 'Slipway tries out whether it can write here.';

/** `open`: takes parts. `closed`: being completed. `objects`: complete. `trash`: being deleted. */
export type Shelf = 'open' | 'closed' | 'objects' | 'trash';
const SHELVES: readonly Shelf[] = ['open', 'closed', 'objects', 'trash'];

/**
 * Where things lie. An upload and an object are both a directory of part files; one rename moves it from shelf to shelf,
 * so every change of state is atomic and costs the same for any size:
 *
 *     open/<key>.<upload id>/00001 -> closed/<key>.<upload id>/00001 -> objects/<key>/00001
 *
 * A key's `/` is written `,` in names. Moves are fsynced: what was acknowledged survives a power cut.
 */
export class DiskFolder {
  constructor(readonly root: string) {}

  /** Makes the shelves and empties the trash of an earlier life. @throws StorageFault when the folder cannot be used */
  async prepare(): Promise<void> {
    try {
      for (const shelf of SHELVES) await makeFolder(this.#shelf(shelf));
      for await (const entry of await opendir(this.#shelf('trash'))) await this.#remove(entry.name);
    } catch (error) {
      throw diskFaultOf(error);
    }
  }

  /** @throws StorageFault when the folder is gone (an unmounted volume, say) or may not be written. */
  async requireUsable(): Promise<void> {
    try {
      await access(this.#shelf('objects'), constants.R_OK | constants.W_OK);
    } catch (error) {
      throw diskFaultOf(error);
    }
  }

  /** What is left of its disk for this user. @throws StorageFault */
  async room(): Promise<StoreRoom> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.root);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch (error) {
      throw diskFaultOf(error);
    }
  }

  newUploadId(): string {
    return randomBytes(UPLOAD_ID_BYTES).toString('base64url');
  }

  uploadPath(shelf: 'open' | 'closed', upload: OpenUpload): string {
    const uploadId = UPLOAD_ID.test(upload.uploadId) ? upload.uploadId : 'none';
    return path.join(this.#shelf(shelf), `${nameOf(upload.objectKey)}.${uploadId}`);
  }

  objectPath(objectKey: string): string {
    return path.join(this.#shelf('objects'), nameOf(objectKey));
  }

  /** Renames durably. @returns false when there is nothing at `from`, or already something at `to` */
  async move(from: string, to: string): Promise<boolean> {
    try {
      await rename(from, to);
      await syncDirectory(path.dirname(to));
      if (path.dirname(from) !== path.dirname(to)) await syncDirectory(path.dirname(from));
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return false;
      throw diskFaultOf(error);
    }
  }

  /** Deletes a directory so that from one instant on it is gone whole: out of its shelf first, then file by file. */
  async discard(directory: string): Promise<void> {
    const name = `${path.basename(directory)}.${this.newUploadId()}`;
    if (await this.move(directory, path.join(this.#shelf('trash'), name))) await this.#remove(name);
  }

  /** The names on one shelf as keys, ascending; uploads with their id. */
  async list(shelf: Shelf): Promise<readonly OpenUpload[]> {
    await this.requireUsable();
    const names = await readdir(this.#shelf(shelf)).catch((error: unknown) => {
      throw diskFaultOf(error);
    });
    return names
      .map((entry) => {
        const [name = '', uploadId = ''] = entry.split('.');
        return { objectKey: name.replaceAll(',', '/'), uploadId };
      })
      .filter(({ objectKey }) => objectKey.startsWith(OBJECT_KEY_PREFIX))
      .sort((a, b) => (a.objectKey < b.objectKey ? -1 : 1));
  }

  /** When something in a directory was last added or removed; null when there is no such directory. */
  async findChange(directory: string): Promise<Date | null> {
    return orAbsent(null, async () => (await stat(directory)).mtime);
  }

  async readClaim(): Promise<string | null> {
    await this.requireUsable();
    return orAbsent(null, () => readFile(path.join(this.root, CLAIM_FILE), 'utf8'));
  }

  /** Replaces the file durably: a power cut leaves the old text or the new one. */
  async writeClaim(text: string): Promise<void> {
    const temporary = path.join(this.root, `${CLAIM_FILE}.${this.newUploadId()}`);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, path.join(this.root, CLAIM_FILE));
      await syncDirectory(this.root);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw diskFaultOf(error);
    }
  }

  /** Writes, reads and deletes a file of its own. @throws StorageFault */
  async tryOut(): Promise<void> {
    const file = path.join(this.root, `check.${this.newUploadId()}`);
    try {
      await writeFile(file, CHECK_TEXT, { mode: 0o600, flag: 'wx' });
      if ((await readFile(file, 'utf8')) !== CHECK_TEXT) throw new Error('A file did not keep what was written to it.');
    } catch (error) {
      throw diskFaultOf(error);
    } finally {
      await rm(file, { force: true }).catch(() => undefined);
    }
  }

  #shelf(shelf: Shelf): string {
    return path.join(this.root, shelf);
  }

  async #remove(trashName: string): Promise<void> {
    await orAbsent(undefined, () => rm(path.join(this.#shelf('trash'), trashName), { recursive: true, force: true }));
  }
}

/** Makes the names in a directory durable. @see https://man7.org/linux/man-pages/man2/fsync.2.html */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows cannot fsync a directory
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nameOf(objectKey: string): string {
  return requireObjectKey(objectKey).replaceAll('/', ',');
}
