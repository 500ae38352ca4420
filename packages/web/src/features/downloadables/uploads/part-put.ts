import { PartRejected, UploadRefused } from './upload-failure';

interface PartPut {
  readonly url: string;
  readonly bytes: Blob;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

const STALL_MS = 60_000;

/** PUTs one part with XMLHttpRequest, because fetch reports no upload progress. A minute without a byte counts as a lost connection. */
export async function putPart(part: PartPut): Promise<void> {
  try {
    await send(part);
  } catch (error) {
    part.signal.throwIfAborted();
    if (!(await isReadable(part.bytes)))
      throw new UploadRefused('The file was moved or changed on your disk: choose it again.', 'FILE_CHANGED');
    throw error;
  }
  part.onSent(part.bytes.size);
}

function send({ url, bytes, onSent, signal }: PartPut): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    let stall = setTimeout(abort, STALL_MS);
    request.upload.addEventListener('progress', (event) => {
      clearTimeout(stall);
      stall = setTimeout(abort, STALL_MS);
      onSent(event.loaded);
    });
    request.addEventListener('load', () =>
      request.status >= 200 && request.status < 300 ? resolve() : reject(new PartRejected(request.status)),
    );
    request.addEventListener('error', () => reject(new Error('The connection was lost.')));
    request.addEventListener('abort', () => reject(new Error('The connection stalled.')));
    request.addEventListener('loadend', () => {
      clearTimeout(stall);
      signal.removeEventListener('abort', abort);
      removeEventListener('offline', abort);
    });
    signal.addEventListener('abort', abort, { once: true });
    // What is on its way when the network goes may hang for minutes; it is sent again when the network is back.
    addEventListener('offline', abort, { once: true });
    request.open('PUT', url);
    request.send(bytes);
  });
}

async function isReadable(bytes: Blob): Promise<boolean> {
  try {
    await bytes.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
