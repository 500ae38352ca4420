/** Saving the form: the downloadable first, then its files, then - when asked - publishing by itself. */
import type { DownloadableDetailFragment } from '../../graphql/documents.generated';
import { pause } from '../../next-task';
import { countText } from '../../ui/date-text';
import { notify } from '../../ui/notify';
import type { DownloadableValues } from './downloadable-form.rules';
import { refreshLists } from './refresh-lists';
import { refreshDownloadable } from './uploads/upload-api';
import type { FileToUpload } from './uploads/upload-item';
import { useUploadQueue } from './uploads/upload-queue';
import { updateDownloadable, writeDownloadable, type SaveOutcome } from './write-downloadable';

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
    channel: values.channel || null,
    changelog: values.changelog,
    releaseDate: values.releaseDate || null,
    publish: isPublishing && files.length === 0, // with files on their way: after all are declared, see `sendFiles`
  };
  const outcome = await writeDownloadable(plan.existing, content, { productId: values.productId, idempotencyKey: plan.idempotencyKey });
  if (outcome.downloadable) {
    if (files.length > 0) void sendFiles(outcome.downloadable, files, isPublishing);
    announce(outcome.downloadable, files.length);
    void refreshLists();
  }
  return outcome;
}

/** Uploads, and publishes by itself once every file is known to the API: else a quick first file would go out without the others. */
async function sendFiles(downloadable: DownloadableDetailFragment, files: readonly FileToUpload[], isPublishing: boolean): Promise<void> {
  const { id, product, version } = downloadable;
  const label = `${product.name} ${version}`;
  const areAllAccepted = await useUploadQueue().add({ id, label }, files);
  if (!isPublishing) return;
  if (!areAllAccepted) {
    void notify.failure(`${label} stays a draft.`, 'A file was refused. Fix it, then publish.');
    return;
  }
  const lockVersion = (await refreshDownloadable(id))?.lockVersion ?? downloadable.lockVersion;
  const outcome = await updateDownloadable({ id, lockVersion, publish: true });
  const refusal = outcome.userErrors[0];
  if (refusal) void notify.failure(`${label} stays a draft.`, refusal.message);
  else if (await isPublishedInTheEnd(id)) void notify.success(`${label} is published.`);
  void refreshLists();
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

function announce({ product, version, status, revision, draftRevision }: DownloadableDetailFragment, fileCount: number): void {
  const label = `${product.name} ${version}`;
  if (revision.frozenAt !== null) {
    void notify.success(`${label}: revision ${draftRevision?.number ?? ''} is saved as a draft.`);
    return;
  }
  if (status === 'PUBLISHED') void notify.success(`${label} is published.`);
  else if (fileCount > 0) void notify.success(`${label} is saved. ${countText(fileCount, 'file')} on the way.`);
  else void notify.success(`${label} is saved as a draft.`);
}
