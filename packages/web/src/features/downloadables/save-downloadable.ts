/** Saving the form: the downloadable with the names of its files first, then their bytes; it publishes by itself. */
import type { AnnouncedFileInput, DownloadableDetailFragment } from '../../graphql/documents.generated';
import { pause } from '../../next-task';
import { countText } from '../../ui/date-text';
import { notify } from '../../ui/notify';
import type { DownloadableValues } from './downloadable-form.rules';
import { refreshLists } from './refresh-lists';
import { refreshDownloadable } from './uploads/upload-api';
import type { FileToUpload } from './uploads/upload-item';
import { useUploadQueue } from './uploads/upload-queue';
import { updateDownloadable, writeDownloadable, type SaveOutcome } from './write-downloadable';

/** As many files as one request takes. */
const MOST_ANNOUNCED = 500;
/** Verifying a small file takes no second, one of many gigabytes minutes: the waits grow from one to ten seconds, for half an hour in all. */
const LOOKS_FOR_PUBLISHED = 190;
/** So many looks in a row that saw nothing: it is deleted, or nobody is signed in any more. */
const MOST_MISSED = 10;
const waitMs = (look: number): number => Math.min(1_000 + 500 * look, 10_000);

export interface SavePlan {
  readonly existing: DownloadableDetailFragment | null;
  readonly values: DownloadableValues;
  readonly files: readonly FileToUpload[];
  readonly idempotencyKey: string;
}

export async function saveDownloadable(plan: SavePlan): Promise<SaveOutcome> {
  const { values, files } = plan;
  const isPublishing = values.intent === 'PUBLISHED';
  const content = {
    version: values.version.trim(),
    name: values.name.trim() || null,
    summary: values.summary.trim() || null,
    isSecurityFix: values.isSecurityFix,
    channel: values.channel || null,
    changelog: values.changelog,
    releaseDate: values.releaseDate || null,
    publish: isPublishing && files.length <= MOST_ANNOUNCED,
    files: announce(files.slice(0, MOST_ANNOUNCED)),
  };
  const outcome = await writeDownloadable(plan.existing, content, { productId: values.productId, idempotencyKey: plan.idempotencyKey });
  if (outcome.downloadable) {
    if (files.length > 0) void sendFiles(outcome.downloadable, files, isPublishing);
    tell(outcome.downloadable, files.length);
    void refreshLists();
  }
  return outcome;
}

/** Files are told to the API with the release: it waits for all of them, whatever becomes of this tab. */
const announce = (files: readonly FileToUpload[]): AnnouncedFileInput[] =>
  files.map(({ file, fileName, type, platform, architecture, sha256, isReplacement = false }) => ({
    fileName,
    size: file.size,
    replace: isReplacement,
    ...(type ? { type } : {}),
    ...(platform ? { platform } : {}),
    ...(architecture === undefined ? {} : { architecture }),
    ...(sha256 ? { sha256 } : {}),
  }));

/** Announces what was too much for one request, then uploads. The server publishes when the last file is there. */
async function sendFiles(downloadable: DownloadableDetailFragment, files: readonly FileToUpload[], isPublishing: boolean): Promise<void> {
  const { id, product, version } = downloadable;
  const label = `${product.name} ${version}`;
  const refusal = await announceRest(downloadable, files.slice(MOST_ANNOUNCED), isPublishing);
  if (refusal) void notify.failure(`${label} stays a draft.`, refusal);
  const areAllAccepted = await useUploadQueue().add({ id, label }, files);
  if (!isPublishing || refusal) return;
  if (!areAllAccepted)
    void notify.failure(`${label} is not published yet.`, 'A file was refused: send it again, or remove it and publish.');
  if (await isPublishedInTheEnd(id)) void notify.success(`${label} is published.`);
  void refreshLists();
}

/** @returns why it was refused, or null */
async function announceRest(
  { id, lockVersion: seen }: DownloadableDetailFragment,
  files: readonly FileToUpload[],
  isPublishing: boolean,
): Promise<string | null> {
  let lockVersion = seen;
  for (let start = 0; start < files.length; start += MOST_ANNOUNCED) {
    const isLast = start + MOST_ANNOUNCED >= files.length;
    const some = announce(files.slice(start, start + MOST_ANNOUNCED));
    const outcome = await updateDownloadable({ id, lockVersion, publish: isPublishing && isLast, files: some });
    if (!outcome.downloadable) return outcome.userErrors[0]?.message ?? 'There was no answer.';
    ({ lockVersion } = outcome.downloadable);
  }
  return null;
}

/** Waits for the last file, then for the server, which publishes right after it has verified that one. */
async function isPublishedInTheEnd(id: string): Promise<boolean> {
  await useUploadQueue().whenFinished(id);
  let missed = 0;
  for (let look = 0; look < LOOKS_FOR_PUBLISHED; look += 1) {
    const now = await refreshDownloadable(id);
    if (now?.status === 'PUBLISHED') return true;
    missed = now ? 0 : missed + 1;
    if (now?.publishWhenReady === false || missed === MOST_MISSED) return false;
    await pause(waitMs(look));
  }
  return false;
}

function tell({ product, version, status, revision, draftRevision }: DownloadableDetailFragment, fileCount: number): void {
  const label = `${product.name} ${version}`;
  if (revision.frozenAt !== null) {
    void notify.success(`${label}: revision ${draftRevision?.number ?? ''} is saved as a draft.`);
    return;
  }
  if (status === 'PUBLISHED') void notify.success(`${label} is published.`);
  else if (fileCount > 0) void notify.success(`${label} is saved. ${countText(fileCount, 'file')} on the way.`);
  else void notify.success(`${label} is saved as a draft.`);
}
