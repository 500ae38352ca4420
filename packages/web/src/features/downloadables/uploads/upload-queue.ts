/** Every upload of this tab. Lives outside the pages, so that closing a panel stops nothing. */
import { computed, reactive, watch } from 'vue';
import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { makeProgressMeter } from './progress-meter';
import { makeRandomKey } from './random-key';
import { makeTransferSlots } from './transfer-slots';
import { abortUpload, refreshDownloadable, type StartedUpload } from './upload-api';
import { declareFile, sendFile } from './upload-file';

export type UploadState = 'WAITING' | 'UPLOADING' | 'VERIFYING' | 'READY' | 'FAILED';

export interface UploadItem {
  readonly id: string;
  readonly downloadableId: string;
  /** "Aurora Studio 2.1.0" */
  readonly owner: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  state: UploadState;
  sentBytes: number;
  bytesPerSecond: number | null;
  /** Why it is being tried again, or why it failed. */
  message: string | null;
}

export interface FileToUpload {
  readonly file: File;
  readonly fileName: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
}

interface Transfer {
  readonly wanted: FileToUpload;
  controller: AbortController;
  upload: StartedUpload | null;
}

const items = reactive<UploadItem[]>([]);
const transfers = new Map<string, Transfer>();
const slots = makeTransferSlots(3);
const active = computed(() => items.filter((item) => item.state !== 'READY' && item.state !== 'FAILED'));

function isCancelled(id: string): boolean {
  return transfers.get(id)?.controller.signal.aborted ?? true;
}

async function step(item: UploadItem, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (isCancelled(item.id)) return;
    item.state = 'FAILED';
    item.message = error instanceof Error ? error.message : String(error);
  }
}

async function declare(item: UploadItem, transfer: Transfer): Promise<void> {
  const { file, fileName, type, platform, architecture } = transfer.wanted;
  const input = { downloadableId: item.downloadableId, fileName, size: file.size, type, platform, architecture, idempotencyKey: item.id };
  await step(item, async () => {
    transfer.upload = await declareFile(input, { signal: transfer.controller.signal, onRetry: (error) => explain(item, error) });
  });
}

async function send(item: UploadItem, transfer: Transfer): Promise<void> {
  const { upload, controller, wanted } = transfer;
  if (!upload || isCancelled(item.id)) return;
  const meter = makeProgressMeter(Date.now());
  item.state = 'UPLOADING';
  await step(item, async () => {
    await sendFile(upload, {
      file: wanted.file,
      slots,
      signal: controller.signal,
      onProgress(sentBytes) {
        item.sentBytes = sentBytes;
        item.bytesPerSecond = meter.add(Date.now(), sentBytes);
        item.message = null;
      },
      onRetry: (error) => explain(item, error),
      onSent: () => Object.assign(item, { state: 'VERIFYING', message: null }),
    });
    item.state = 'READY';
  });
  await refreshDownloadable(item.downloadableId);
}

function explain(item: UploadItem, error: unknown): void {
  item.message = `${error instanceof Error ? error.message : String(error)} Trying again.`;
}

function enqueue(owner: { readonly id: string; readonly label: string }, wanted: FileToUpload): UploadItem {
  const item: UploadItem = reactive({
    id: makeRandomKey(),
    downloadableId: owner.id,
    owner: owner.label,
    fileName: wanted.fileName,
    sizeBytes: wanted.file.size,
    state: 'WAITING',
    sentBytes: 0,
    bytesPerSecond: null,
    message: null,
  });
  transfers.set(item.id, { wanted, controller: new AbortController(), upload: null });
  items.push(item);
  return item;
}

/**
 * Declares every file, then sends them. Resolves when all are declared, while the bytes are still on their way.
 * @returns whether the API accepted every file.
 */
async function add(owner: { readonly id: string; readonly label: string }, files: readonly FileToUpload[]): Promise<boolean> {
  const added = files.map((wanted) => enqueue(owner, wanted));
  for (const item of added) await start(item, false);
  for (const item of added) void start(item, true);
  void refreshDownloadable(owner.id);
  return added.every((item) => transfers.get(item.id)?.upload);
}

async function start(item: UploadItem, isDeclared: boolean): Promise<void> {
  const transfer = transfers.get(item.id);
  if (!transfer) return;
  await (isDeclared ? send(item, transfer) : declare(item, transfer));
}

function remove(id: string): void {
  const transfer = transfers.get(id);
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  if (!transfer || !item) return;
  transfer.controller.abort();
  transfers.delete(id);
  items.splice(index, 1);
  if (transfer.upload && item.state !== 'READY') {
    void abortUpload(transfer.upload.id).then(() => refreshDownloadable(item.downloadableId));
  }
}

/** Starts a failed file from the beginning, as a new upload. */
async function retry(id: string): Promise<void> {
  const failed = items.find((item) => item.id === id);
  const transfer = transfers.get(id);
  if (!failed || !transfer) return;
  remove(id);
  if (transfer.upload) await abortUpload(transfer.upload.id);
  await add({ id: failed.downloadableId, label: failed.owner }, [transfer.wanted]);
}

function clearFinished(): void {
  const finished = items.filter(({ state }) => state === 'READY' || state === 'FAILED');
  for (const item of finished) remove(item.id);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

watch(
  () => active.value.some((item) => item.state !== 'VERIFYING'),
  (isBusy) => (isBusy ? addEventListener : removeEventListener)('beforeunload', askBeforeLeaving),
);

/** Resolves when no file of this downloadable is on its way any more. */
function whenFinished(downloadableId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = watch(
      () => active.value.some((item) => item.downloadableId === downloadableId),
      (isBusy) => {
        if (isBusy) return;
        resolve();
        queueMicrotask(() => stop());
      },
      { immediate: true },
    );
  });
}

export function useUploadQueue() {
  return { items, active, whenFinished, add, remove, retry, clearFinished };
}
