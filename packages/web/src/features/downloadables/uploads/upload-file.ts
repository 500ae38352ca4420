/** The steps of one upload: declare, send the parts and complete, wait until the server has verified the bytes. */
import type { CreateUploadInput } from '../../../graphql/documents.generated';
import { pauseForNetwork } from './network-pause';
import { putPart } from './part-put';
import { uploadParts } from './part-uploader';
import { untilDone, type RetryPorts } from './retry-rule';
import { putThroughServer } from './through-server/server-put';
import { answersAtAll, detourText, makeBlockWatch, StoreBlocked } from './through-server/store-block';
import type { TransferSlots } from './transfer-slots';
import { completeUpload, createUpload, findAsset, signParts, type StartedUpload } from './upload-api';
import { UploadRefused } from './upload-failure';

const POLL_MS = 1000;

interface Waiting {
  readonly signal: AbortSignal;
  readonly onRetry: (error: unknown) => void;
}

export interface FileTransfer extends Waiting {
  readonly file: File;
  readonly fileName: string;
  readonly downloadableId: string;
  readonly sha256: string | null;
  readonly slots: TransferSlots;
  readonly onProgress: (sentBytes: number) => void;
  /** The file takes the longer way, for a reason. */
  readonly onDetour: (reason: string) => void;
}

function retryPorts({ signal, onRetry }: Waiting): RetryPorts {
  return { signal, onRetry, pause: (milliseconds) => pauseForNetwork(milliseconds, signal) };
}

/** Tells the server about the file. The fingerprint makes a repeated request find what the first one began. */
export function declareFile(input: CreateUploadInput, waiting: Waiting): Promise<StartedUpload> {
  return untilDone(() => createUpload(input), retryPorts(waiting));
}

/** Once the store has refused a page, it need not be asked again until the page is loaded anew. */
let isBlocked = false;

/** Sends the file to the store and completes the upload; through our server, where the store takes nothing from this page. */
export async function sendFile(upload: StartedUpload, transfer: FileTransfer): Promise<void> {
  if (!isBlocked) {
    try {
      return await sendToStore(upload, transfer);
    } catch (error) {
      if (!(error instanceof StoreBlocked)) throw error;
      isBlocked = true;
    }
  }
  transfer.onDetour(detourText(location.origin));
  await sendThroughServer(upload, transfer);
}

/** Sends the parts that are missing, and completes the upload. */
async function sendToStore(upload: StartedUpload, transfer: FileTransfer): Promise<void> {
  const { file, slots, signal } = transfer;
  const ports = retryPorts(transfer);
  const watch = makeBlockWatch({ answers: answersAtAll, healthUrl: '/healthz' });
  const slice = (number: number): Blob => file.slice((number - 1) * upload.partSize, Math.min(number * upload.partSize, file.size));
  const put = async (url: string, number: number, onSent: (bytes: number) => void): Promise<void> => {
    const noteSent = (bytes: number): void => {
      if (bytes > 0) watch.noteSent();
      onSent(bytes);
    };
    try {
      await putPart({ url, bytes: slice(number), onSent: noteSent, signal });
    } catch (error) {
      await watch.judge(number, url, error);
      throw error;
    }
  };
  const parts = uploadParts(
    { partCount: upload.partCount, uploadedParts: upload.uploadedParts, onProgress: transfer.onProgress },
    { ...ports, slots, sign: (numbers) => signParts(upload.id, numbers), put, nowMs: () => Date.now() },
  );
  await parts.catch((error: unknown) => {
    // Another tab that sends the same file was faster: the upload is complete.
    if (!(error instanceof UploadRefused && error.code === 'UPLOAD_FINISHED')) throw error;
  });
  await untilDone(() => completeUpload(upload.id), ports);
}

async function sendThroughServer(upload: StartedUpload, transfer: FileTransfer): Promise<void> {
  const { file, fileName, downloadableId, sha256, slots, signal, onProgress } = transfer;
  const whole = { downloadableId, fileName, file, sha256, idempotencyKey: upload.id, signal, onSent: onProgress };
  await untilDone(() => slots.run(() => putThroughServer(whole)), retryPorts(transfer));
}

/** Waits for the server's verdict. @throws UploadRefused when it is a no, or when the upload was dropped meanwhile */
export async function awaitVerified(upload: Pick<StartedUpload, 'id' | 'asset'>, waiting: Waiting): Promise<void> {
  const ports = retryPorts(waiting);
  for (;;) {
    const asset = await untilDone(() => findAsset(upload.asset.id), ports);
    if (asset === null) throw new UploadRefused('The file was removed meanwhile.', 'NOT_FOUND');
    const failure = asset.upload ? asset.upload.failure : asset.failure;
    if (asset.upload && asset.upload.id !== upload.id) throw new UploadRefused('Another upload has taken its place.', 'REPLACED');
    if (failure) throw new UploadRefused(failure.message, 'FAILED');
    if (!asset.upload && asset.state === 'READY') return;
    await ports.pause(POLL_MS);
  }
}
