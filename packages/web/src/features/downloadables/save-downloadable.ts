/** Saving the form: the downloadable first, then its files, then - when asked - publishing by itself. */
import {
  CreateDownloadableDocument,
  UpdateDownloadableDocument,
  type CreateDownloadableInput,
  type DownloadableDetailFragment,
  type UpdateDownloadableInput,
} from '../../graphql/documents.generated';
import type { UserError } from '../../graphql/request-problem';
import { mutate } from '../../graphql/useMutation';
import { countText } from '../../ui/date-text';
import { notify } from '../../ui/notify';
import type { DownloadableValues } from './downloadable-form.rules';
import { refreshLists } from './refresh-lists';
import { refreshDownloadable } from './uploads/upload-api';
import { useUploadQueue, type FileToUpload } from './uploads/upload-queue';

const LOOKS_FOR_PUBLISHED = 15;
const LOOK_AGAIN_MS = 1000;

export interface SavePlan {
  readonly existing: { readonly id: string; readonly lockVersion: number } | null;
  readonly values: DownloadableValues;
  readonly files: readonly FileToUpload[];
  readonly idempotencyKey: string;
}

export interface SaveOutcome {
  readonly downloadable: DownloadableDetailFragment | null;
  readonly userErrors: readonly UserError[];
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
  const outcome = plan.existing
    ? await update({ id: plan.existing.id, lockVersion: plan.existing.lockVersion, ...content })
    : await create({ productId: values.productId, ...content, idempotencyKey: plan.idempotencyKey });
  if (outcome.downloadable) {
    if (files.length > 0) void sendFiles(outcome.downloadable, files, isPublishing);
    announce(outcome.downloadable, files.length);
    void refreshLists();
  }
  return outcome;
}

async function create(input: CreateDownloadableInput): Promise<SaveOutcome> {
  const outcome = await mutate(CreateDownloadableDocument, { input });
  return outcome.problem ? failed(outcome.problem) : outcome.data.createDownloadable;
}

async function update(input: UpdateDownloadableInput): Promise<SaveOutcome> {
  const outcome = await mutate(UpdateDownloadableDocument, { input });
  return outcome.problem ? failed(outcome.problem) : outcome.data.updateDownloadable;
}

function failed({ code, message }: { readonly code: string; readonly message: string }): SaveOutcome {
  return { downloadable: null, userErrors: [{ code, message, field: null }] };
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
  const outcome = await update({ id, lockVersion, publish: true });
  const refusal = outcome.userErrors[0];
  if (refusal) void notify.failure(`${label} stays a draft.`, refusal.message);
  else if (await isPublishedInTheEnd(id)) void notify.success(`${label} is published.`);
  void refreshLists();
}

/** Waits for the last file, then for the server, which publishes right after it has verified that one. */
async function isPublishedInTheEnd(id: string): Promise<boolean> {
  await useUploadQueue().whenFinished(id);
  for (let look = 0; look < LOOKS_FOR_PUBLISHED; look += 1) {
    const now = await refreshDownloadable(id);
    if (now?.status === 'PUBLISHED') return true;
    if (now && !now.publishWhenReady) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return false;
}

function announce({ product, version, status }: DownloadableDetailFragment, fileCount: number): void {
  const label = `${product.name} ${version}`;
  if (status === 'PUBLISHED') void notify.success(`${label} is published.`);
  else if (fileCount > 0) void notify.success(`${label} is saved. ${countText(fileCount, 'file')} on the way.`);
  else void notify.success(`${label} is saved as a draft.`);
}
