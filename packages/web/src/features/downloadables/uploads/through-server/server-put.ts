/** Sends a whole file through the API, as curl does, where the store takes nothing from this page. */
import { PASSING, UploadRefused } from '../upload-failure';
import { isReadable, isTaken, xhrPut, type PutReply } from '../xhr-put';

export interface ServerPut {
  readonly downloadableId: string;
  readonly fileName: string;
  readonly file: Blob;
  readonly sha256: string | null;
  /** Of the upload: a try that was taken after all is not stored twice. */
  readonly idempotencyKey: string;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** The server hashes what comes, and completes it in the store before it answers. */
const STALL_MS = 300_000;
/** Never read by the server: it goes by the name. What a file says of its own type could mean another envelope. */
const BYTES = 'application/octet-stream';

/** One try. @throws UploadRefused for a no; another error for "try again" */
export async function putThroughServer(put: ServerPut): Promise<void> {
  const { downloadableId, fileName, file, sha256, idempotencyKey, onSent, signal } = put;
  const url = `/api/v1/downloadables/${encodeURIComponent(downloadableId)}/files/${encodeURIComponent(fileName)}`;
  const headers = { 'content-type': BYTES, 'idempotency-key': idempotencyKey, ...(sha256 ? { 'x-checksum-sha256': sha256 } : {}) };
  try {
    const reply = await xhrPut({ url, bytes: file, headers, stallMs: STALL_MS, onSent, signal });
    if (!isTaken(reply)) throw refusalOf(reply);
  } catch (error) {
    signal.throwIfAborted();
    if (!(await isReadable(file))) throw new UploadRefused('The file was moved or changed on your disk: choose it again.', 'FILE_CHANGED');
    throw error;
  }
}

/** A no of the API as it says it, in problem+json. */
function refusalOf({ status, body }: PutReply): Error {
  const { code = '', detail = `The server answered with status ${status}.` } = readProblem(body);
  return status >= 500 || status === 429 || PASSING.has(code) ? new Error(detail) : new UploadRefused(detail, code);
}

function readProblem(body: string): { readonly code?: string; readonly detail?: string } {
  try {
    return JSON.parse(body) as { code?: string; detail?: string }; // the API's problems have both
  } catch {
    return {};
  }
}
