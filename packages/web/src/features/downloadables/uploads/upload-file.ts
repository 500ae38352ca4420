/** The life of one upload: declare, send the parts, complete, wait until the server has verified the bytes. */
import type { CreateUploadInput } from '../../../graphql/documents.generated';
import { pauseForNetwork } from './network-pause';
import { putPart } from './part-put';
import { uploadParts } from './part-uploader';
import { untilDone, type RetryPorts } from './retry-rule';
import type { TransferSlots } from './transfer-slots';
import { completeUpload, createUpload, findAsset, signParts, type StartedUpload } from './upload-api';
import { UploadRefused } from './upload-failure';

const POLL_MS = 1000;

export interface FileTransfer {
  readonly file: File;
  readonly slots: TransferSlots;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
  readonly onRetry: (error: unknown) => void;
  /** The server has every byte and starts to verify them. */
  readonly onSent: () => void;
}

type Waiting = Pick<FileTransfer, 'signal' | 'onRetry'>;

function retryPorts({ signal, onRetry }: Waiting): RetryPorts {
  return { signal, onRetry, pause: (milliseconds) => pauseForNetwork(milliseconds, signal) };
}

/** Tells the server about the file. The idempotency key makes a repeated request harmless. */
export function declareFile(input: CreateUploadInput, waiting: Waiting): Promise<StartedUpload> {
  return untilDone(() => createUpload(input), retryPorts(waiting));
}

export async function sendFile(upload: StartedUpload, transfer: FileTransfer): Promise<void> {
  const { file, slots, signal } = transfer;
  const ports = retryPorts(transfer);
  const slice = (number: number): Blob => file.slice((number - 1) * upload.partSize, Math.min(number * upload.partSize, file.size));
  await uploadParts(
    { partCount: upload.partCount, uploadedParts: upload.uploadedParts, onProgress: transfer.onProgress },
    {
      ...ports,
      slots,
      sign: (numbers) => signParts(upload.id, numbers),
      put: (url, number, onSent) => putPart({ url, bytes: slice(number), onSent, signal }),
      nowMs: () => Date.now(),
    },
  );
  await untilDone(() => completeUpload(upload.id), ports);
  transfer.onSent();
  await verified(upload.asset.id, ports);
}

async function verified(assetId: string, ports: RetryPorts): Promise<void> {
  for (;;) {
    const asset = await untilDone(() => findAsset(assetId), ports);
    if (asset === null) throw new UploadRefused('The file was removed meanwhile.', 'NOT_FOUND');
    if (asset.state === 'READY') return;
    if (asset.state === 'FAILED')
      throw new UploadRefused(asset.failure?.message ?? 'The file could not be verified: upload it again.', 'FAILED');
    await ports.pause(POLL_MS);
  }
}
