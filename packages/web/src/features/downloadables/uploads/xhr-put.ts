interface Put {
  readonly url: string;
  readonly bytes: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  /** After so long without a byte the connection counts as lost. */
  readonly stallMs: number;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** What came back; `body` is text. */
export interface PutReply {
  readonly status: number;
  readonly body: string;
}

/** No answer came. `sentBytes` 0: not even the question whether it may be sent was answered well. */
export class ConnectionLost extends Error {
  constructor(
    message: string,
    readonly sentBytes: number,
  ) {
    super(message);
    this.name = 'ConnectionLost';
  }
}

/** PUTs bytes with XMLHttpRequest, because fetch reports no upload progress. @throws ConnectionLost when no answer comes */
export function xhrPut({ url, bytes, headers = {}, stallMs, onSent, signal }: Put): Promise<PutReply> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let sentBytes = 0;
    const abort = (): void => request.abort();
    let stall = setTimeout(abort, stallMs);
    request.upload.addEventListener('progress', (event) => {
      clearTimeout(stall);
      stall = setTimeout(abort, stallMs);
      sentBytes = event.loaded;
      onSent(sentBytes);
    });
    request.addEventListener('load', () => resolve({ status: request.status, body: request.responseText }));
    request.addEventListener('error', () => reject(new ConnectionLost('The connection was lost.', sentBytes)));
    request.addEventListener('abort', () => reject(new ConnectionLost('The connection stalled.', sentBytes)));
    request.addEventListener('loadend', () => {
      clearTimeout(stall);
      signal.removeEventListener('abort', abort);
      removeEventListener('offline', abort);
    });
    signal.addEventListener('abort', abort, { once: true });
    // What is on its way when the network goes may hang for minutes; it is sent again when the network is back.
    addEventListener('offline', abort, { once: true });
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(bytes);
  });
}

/** Whether a status says that the bytes were taken. */
export const isTaken = ({ status }: PutReply): boolean => status >= 200 && status < 300;

/** Whether the file on the disk is still what was chosen. */
export async function isReadable(bytes: Blob): Promise<boolean> {
  try {
    await bytes.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
