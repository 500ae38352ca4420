import { PartRejected, UploadRefused } from './upload-failure';
import { isReadable, isTaken, xhrPut } from './xhr-put';

interface PartPut {
  readonly url: string;
  readonly bytes: Blob;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

const STALL_MS = 60_000;

/** PUTs one part. A minute without a byte counts as a lost connection. */
export async function putPart(part: PartPut): Promise<void> {
  try {
    const reply = await xhrPut({ ...part, stallMs: STALL_MS });
    if (!isTaken(reply)) throw new PartRejected(reply.status);
  } catch (error) {
    part.signal.throwIfAborted();
    if (!(await isReadable(part.bytes)))
      throw new UploadRefused('The file was moved or changed on your disk: choose it again.', 'FILE_CHANGED');
    throw error;
  }
  part.onSent(part.bytes.size);
}
