/** One upload from its declaration to READY. */
import { fingerprintOf } from './file-fingerprint';
import { PARTS_AT_ONCE } from './part-uploader';
import { makeProgressMeter } from './progress-meter';
import { makeTransferSlots } from './transfer-slots';
import { refreshDownloadable, type StartedUpload } from './upload-api';
import { UploadRefused } from './upload-failure';
import { awaitVerified, declareFile, sendFile } from './upload-file';
import type { Transfer, UploadItem } from './upload-item';
import type { UploadMemory } from './upload-memory';

/** Files that send at once. */
const FILES_AT_ONCE = 2;
const fileSlots = makeTransferSlots(FILES_AT_ONCE);
const partSlots = makeTransferSlots(PARTS_AT_ONCE);
/** Files that the API knows of and that are not over: less than half of what a person may have open, in all tabs together. */
const DECLARED_AT_ONCE = 40;
const declaredSlots = makeTransferSlots(DECLARED_AT_ONCE);
const declaring = makeTransferSlots(1);

type Run = { readonly item: UploadItem; readonly transfer: Transfer; readonly memory: UploadMemory };

/** Tells the API about the file, or finds its unfinished upload. @returns null when that failed, as the item says */
export async function declare({ item, transfer, memory }: Run): Promise<StartedUpload | null> {
  const { wanted, controller } = transfer;
  if (!wanted) return null;
  const { file, fileName, type, platform, architecture, sha256 } = wanted;
  return attempt({ item, transfer, memory }, async () => {
    transfer.fingerprint ??= await fingerprintOf(file);
    const labels = {
      ...(type ? { type } : {}),
      ...(platform ? { platform } : {}),
      ...(sha256 ? { sha256 } : {}),
      ...(architecture === undefined ? {} : { architecture }),
    };
    const input = { downloadableId: item.downloadableId, fileName, size: file.size, ...labels, fingerprint: transfer.fingerprint };
    const replace = item.isReplacement || transfer.upload !== null;
    const upload = await declareFile({ ...input, replace }, waiting(item, controller.signal));
    if (transfer.upload && transfer.upload.id !== upload.id) memory.forget(transfer.upload.id);
    transfer.upload = upload;
    const { downloadableId, owner, isReplacement } = item;
    memory.keep({ uploadId: upload.id, assetId: upload.asset.id, downloadableId, owner, fileName, sizeBytes: file.size, isReplacement });
    return upload;
  });
}

/** Declares a file when its turn comes, and sends it. @returns, as soon as it is declared, whether it was not refused */
export function begin(run: Run): Promise<boolean> {
  const { item, transfer } = run;
  // One that is paused meanwhile goes on by itself when it is resumed, with another signal.
  const { signal } = transfer.controller;
  return new Promise((resolve) => {
    void declaredSlots.run(async () => {
      const upload = signal.aborted ? null : await declaring.run(() => declare(run));
      resolve(item.state !== 'FAILED');
      if (upload) await send(run, upload);
    });
  });
}

/** Sends what is missing, and waits for the server's verdict. */
export async function send(run: Run, upload: StartedUpload): Promise<void> {
  const { item, transfer, memory } = run;
  const { signal } = transfer.controller;
  const isDone = await attempt(run, async () => {
    await fileSlots.run(async () => {
      signal.throwIfAborted();
      item.state = 'UPLOADING';
      await sendFile(upload, { ...wayOf(run), slots: partSlots, onProgress: progress(item, upload), ...waiting(item, signal) });
    });
    Object.assign(item, { state: 'VERIFYING', message: null, sentBytes: item.sizeBytes });
    await awaitVerified(upload, waiting(item, signal));
    Object.assign(item, { state: 'READY', message: null });
    return true;
  });
  if (isDone || item.state === 'FAILED') memory.forget(upload.id);
  await refreshDownloadable(item.downloadableId);
}

/** Runs a step. A cancelled one says nothing; a refused one says why on the item. */
async function attempt<T>({ item, transfer }: Run, step: () => Promise<T>): Promise<T | null> {
  const { signal } = transfer.controller;
  try {
    return await step();
  } catch (error) {
    if (signal.aborted) return null;
    const isSignedOut = error instanceof UploadRefused && error.code === 'UNAUTHENTICATED';
    item.state = isSignedOut ? 'PAUSED' : 'FAILED';
    item.bytesPerSecond = null;
    item.message = isSignedOut ? 'You were signed out: sign in again, then resume.' : messageOf(error);
    return null;
  }
}

function progress(item: UploadItem, upload: StartedUpload): (sentBytes: number) => void {
  const uploaded = upload.uploadedParts.reduce((sum, { size }) => sum + size, 0);
  // Parts that were under way at a pause are sent again; what was shown of them is not taken back.
  const wasShown = item.sentBytes - uploaded <= PARTS_AT_ONCE * upload.partSize ? item.sentBytes : 0;
  item.sentBytes = Math.max(uploaded, wasShown);
  const meter = makeProgressMeter(Date.now(), uploaded);
  return (sentBytes) => {
    item.sentBytes = Math.max(sentBytes, item.sentBytes);
    item.bytesPerSecond = meter.add(Date.now(), sentBytes);
    item.message = null;
  };
}

function waiting(item: UploadItem, signal: AbortSignal) {
  return {
    signal,
    onRetry(error: unknown): void {
      item.bytesPerSecond = null;
      item.message = navigator.onLine ? `${messageOf(error)} Trying again.` : 'You are offline: it goes on by itself when you are back.';
    },
  };
}

/** What is sent, and where it belongs should it take the longer way. */
function wayOf({ item, transfer: { wanted } }: Run) {
  if (!wanted) throw new Error('An upload without a file cannot be sent.');
  const { file, fileName, sha256 = null } = wanted;
  const onDetour = (reason: string): void => {
    Object.assign(item, { detour: reason, message: null, sentBytes: 0 });
  };
  return { file, fileName, sha256, downloadableId: item.downloadableId, onDetour };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
