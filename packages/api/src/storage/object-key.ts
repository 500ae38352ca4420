import { StorageFault } from './storage-fault.js';

/** All files lie under this prefix; what lies elsewhere in a bucket is left alone. */
export const OBJECT_KEY_PREFIX = 'objects/';

const OBJECT_KEY = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;
/** Room for `.` and an upload id in a file name of 255 bytes, the limit of ext4, XFS, APFS and NTFS. */
const OBJECT_KEY_MAX_LENGTH = 150;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}$/;

/** Refuses every key that is not one of our own ids, so that no key can leave its bucket or folder. @throws StorageFault FAILED */
export function requireObjectKey(objectKey: string): string {
  if (objectKey.length > OBJECT_KEY_MAX_LENGTH || !OBJECT_KEY.test(objectKey)) {
    throw new StorageFault('FAILED', `Not an object key: ${JSON.stringify(objectKey)}.`);
  }
  return objectKey;
}

/** The header that makes a browser save the bytes under this name. The name needs no quoting: it has passed the file name rules. */
export function attachmentNamed(fileName: string): string {
  if (!FILE_NAME.test(fileName)) throw new StorageFault('FAILED', `Not a clean file name: ${JSON.stringify(fileName)}.`);
  return `attachment; filename="${fileName}"`;
}
