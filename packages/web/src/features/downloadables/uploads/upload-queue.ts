/** Every upload of this tab. Lives outside the pages, so that closing a panel stops nothing. */
import { computed, reactive, watch } from 'vue';
import { fingerprintOf } from './file-fingerprint';
import { makeRandomKey } from './random-key';
import { abortUpload, findUnfinished, refreshDownloadable } from './upload-api';
import { isMoving, isOver, type FileToUpload, type Owner, type Transfer, type UploadItem } from './upload-item';
import { makeUploadMemory, type RememberedUpload } from './upload-memory';
import { guardUploads } from './upload-presence';
import { begin, declare, send } from './upload-run';

const items = reactive<UploadItem[]>([]);
const transfers = new Map<string, Transfer>();
const memory = makeUploadMemory({ storage: localStorage, nowMs: () => Date.now() });
const active = computed(() => items.filter((item) => !isOver(item)));
const isBusy = computed(() => items.some(isMoving));
guardUploads({ isBusy, memory });

const find = (id: string): UploadItem | undefined => items.find((item) => item.id === id);

function enlist(owner: Owner, values: Pick<UploadItem, 'fileName' | 'sizeBytes' | 'isReplacement'>, transfer: Transfer): UploadItem {
  const progress = { state: 'WAITING', sentBytes: 0, bytesPerSecond: null, message: null, detour: null, strangerName: null } as const;
  const item: UploadItem = reactive({ id: makeRandomKey(), downloadableId: owner.id, owner: owner.label, ...values, ...progress });
  transfers.set(item.id, transfer);
  items.push(item);
  return item;
}

const makeTransfer = (values: Partial<Transfer>): Transfer => ({
  wanted: null,
  fingerprint: null,
  controller: new AbortController(),
  upload: null,
  stranger: null,
  ...values,
});

/**
 * Declares and sends the files in turn. Resolves when all are declared, while the last bytes are still on their way.
 * @returns whether the API refused none of them.
 */
async function add(owner: Owner, files: readonly FileToUpload[]): Promise<boolean> {
  const begun = files.map((wanted) => {
    const { fileName, file, isReplacement = false } = wanted;
    const transfer = makeTransfer({ wanted });
    const item = enlist(owner, { fileName, sizeBytes: file.size, isReplacement }, transfer);
    return begin({ item, transfer, memory });
  });
  const accepted = await Promise.all(begun);
  void refreshDownloadable(owner.id);
  return accepted.every(Boolean);
}

/** Goes on where the store is: with the parts that are missing there. */
async function resume(id: string): Promise<void> {
  const [item, transfer] = [find(id), transfers.get(id)];
  if (!item || !transfer?.wanted) return;
  transfer.controller = new AbortController();
  Object.assign(item, { state: 'WAITING', message: null, strangerName: null });
  const upload = await declare({ item, transfer, memory });
  if (upload) await send({ item, transfer, memory }, upload);
}

function pause(id: string): void {
  const item = find(id);
  if (!item || !isMoving(item)) return;
  transfers.get(id)?.controller.abort();
  Object.assign(item, { state: 'PAUSED', bytesPerSecond: null, message: null });
}

/** The file of an unfinished upload was chosen again: the same one continues, another one is asked about. */
async function choose(id: string, file: File): Promise<void> {
  const [item, transfer] = [find(id), transfers.get(id)];
  if (!item || !transfer) return;
  const fingerprint = await fingerprintOf(file);
  if (fingerprint === transfer.fingerprint && file.size === item.sizeBytes) {
    transfer.wanted = { file, fileName: item.fileName };
    return resume(id);
  }
  transfer.stranger = file;
  item.strangerName = file.name;
}

/** Gives up what was sent, and sends the other file that was chosen instead. */
async function replaceByStranger(id: string): Promise<void> {
  const [item, transfer] = [find(id), transfers.get(id)];
  if (!item || !transfer?.stranger) return;
  transfer.wanted = { file: transfer.stranger, fileName: item.fileName };
  Object.assign(transfer, { fingerprint: null, stranger: null });
  Object.assign(item, { sizeBytes: transfer.wanted.file.size, sentBytes: 0 });
  await resume(id);
}

function forgetStranger(id: string): void {
  const item = find(id);
  if (item) item.strangerName = null;
}

/** Takes an upload off the list. @returns its id in the API, when it was not over */
function withdraw(id: string): string | null {
  const [item, transfer] = [find(id), transfers.get(id)];
  if (!item || !transfer) return null;
  transfer.controller.abort();
  transfers.delete(id);
  items.splice(items.indexOf(item), 1);
  if (transfer.upload) memory.forget(transfer.upload.id);
  return item.state === 'READY' ? null : (transfer.upload?.id ?? null);
}

/** Drops an upload and what was sent of it. */
function remove(id: string): void {
  const downloadableId = find(id)?.downloadableId;
  const uploadId = withdraw(id);
  if (uploadId && downloadableId) void abortUpload(uploadId).then(() => refreshDownloadable(downloadableId));
}

function clearFinished(): void {
  for (const { id } of items.filter(isOver)) remove(id);
}

/** Shows an upload that a closed tab, or another computer, has left. */
async function adopt(left: RememberedUpload): Promise<void> {
  const isHere = (): boolean => [...transfers.values()].some(({ upload }) => upload?.id === left.uploadId);
  if (isHere() || memory.isElsewhere(left.uploadId)) return;
  const upload = await findUnfinished(left.assetId);
  if (upload === 'UNKNOWN' || isHere()) return;
  if (upload?.id !== left.uploadId || upload.state !== 'UPLOADING') return memory.forget(left.uploadId);
  const transfer = makeTransfer({ upload, fingerprint: upload.fingerprint });
  const item = enlist({ id: left.downloadableId, label: left.owner }, left, transfer);
  Object.assign(item, { state: 'UNFINISHED', sentBytes: upload.uploadedParts.reduce((sum, { size }) => sum + size, 0) });
}

/** Looks at what other tabs say: offers what they left, and leaves to them what they took up. */
async function lookAround(): Promise<void> {
  for (const item of items.filter(({ state }) => state === 'UNFINISHED')) {
    const uploadId = transfers.get(item.id)?.upload?.id;
    if (!uploadId || !memory.isElsewhere(uploadId)) continue;
    transfers.delete(item.id);
    items.splice(items.indexOf(item), 1);
  }
  for (const left of memory.listLeft()) await adopt(left);
}

/** Resolves when no file of this downloadable is on its way any more. */
function whenFinished(downloadableId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = watch(
      () => active.value.some((item) => item.downloadableId === downloadableId),
      (isActive) => {
        if (isActive) return;
        resolve();
        queueMicrotask(() => stop());
      },
      { immediate: true },
    );
  });
}

const queue = {
  items,
  active,
  isBusy,
  memory,
  whenFinished,
  add,
  adopt,
  lookAround,
  pause,
  resume,
  choose,
  replaceByStranger,
  forgetStranger,
  remove,
  clearFinished,
};

export const useUploadQueue = () => queue;
