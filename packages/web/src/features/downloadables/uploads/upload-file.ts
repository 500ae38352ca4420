/** The steps of one upload: declare, send the parts and complete, wait until the server has verified the bytes. */
import type { CreateUploadInput } from '../../../graphql/documents.generated';
import { pauseForNetwork } from './network-pause';
import { putPart } from './part-put';
import { uploadParts } from './part-uploader';
import { untilDone, type RetryPorts } from './retry-rule';
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
  readonly slots: TransferSlots;
  readonly onProgress: (sentBytes: number) => void;
}

function retryPorts({ signal, onRetry }: Waiting): RetryPorts {
  return { signal, onRetry, pause: (milliseconds) => pauseForNetwork(milliseconds, signal) };
}

/** Tells the server about the file. The fingerprint makes a repeated request find what the first one began. */
export function declareFile(input: CreateUploadInput, waiting: Waiting): Promise<StartedUpload> {
  return untilDone(() => createUpload(input), retryPorts(waiting));
}

/** Sends the parts that are missing, and completes the upload. */
export async function sendFile(upload: StartedUpload, transfer: FileTransfer): Promise<void> {
  const { file, slots, signal } = transfer;
  const ports = retryPorts(transfer);
  const slice = (number: number): Blob => file.slice((number - 1) * upload.partSize, Math.min(number * upload.partSize, file.size));
  const parts = uploadParts(
    { partCount: upload.partCount, uploadedParts: upload.uploadedParts, onProgress: transfer.onProgress },
    {
      ...ports,
      slots,
      sign: (numbers) => signParts(upload.id, numbers),
      put: (url, number, onSent) => putPart({ url, bytes: slice(number), onSent, signal }),
      nowMs: () => Date.now(),
    },
  );
  await parts.catch((error: unknown) => {
    // Another tab that sends the same file was faster: the upload is complete.
    if (!(error instanceof UploadRefused && error.code === 'UPLOAD_FINISHED')) throw error;
  });
  await untilDone(() => completeUpload(upload.id), ports);
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
