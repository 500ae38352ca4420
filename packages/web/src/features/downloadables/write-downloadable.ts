/** The mutations behind the form: a new downloadable, an edited draft, the next revision, or a copy under another version. */
import {
  CopyDownloadableDocument,
  CreateDownloadableDocument,
  ReviseDownloadableDocument,
  UpdateDownloadableDocument,
  type AnnouncedFileInput,
  type DownloadableDetailFragment,
  type UpdateDownloadableInput,
} from '../../graphql/documents.generated';
import type { UserError } from '../../graphql/request-problem';
import { mutate } from '../../graphql/useMutation';
import { opensRevision } from './downloadable-actions';

export interface SaveOutcome {
  readonly downloadable: DownloadableDetailFragment | null;
  readonly userErrors: readonly UserError[];
}

export interface DownloadableContent {
  readonly version: string;
  readonly name: string | null;
  readonly channel: string | null;
  readonly changelog: string;
  readonly releaseDate: string | null;
  readonly publish: boolean;
  /** Files that will come. */
  readonly files: AnnouncedFileInput[];
}

interface NewDownloadable {
  readonly productId: string;
  readonly idempotencyKey: string;
}

/** @param existing what the form started from; null for a new downloadable */
export async function writeDownloadable(
  existing: DownloadableDetailFragment | null,
  content: DownloadableContent,
  { productId, idempotencyKey }: NewDownloadable,
): Promise<SaveOutcome> {
  if (!existing) {
    const outcome = await mutate(CreateDownloadableDocument, { input: { productId, ...content, idempotencyKey } });
    return outcome.problem ? failed(outcome.problem) : outcome.data.createDownloadable;
  }
  if (existing.everPublishedAt !== null && content.version !== existing.version) return copy(existing, content, idempotencyKey);
  if (opensRevision(existing)) return revise(existing, content);
  return updateDownloadable({ id: existing.id, lockVersion: existing.lockVersion, ...content });
}

export async function updateDownloadable(input: UpdateDownloadableInput): Promise<SaveOutcome> {
  const outcome = await mutate(UpdateDownloadableDocument, { input });
  return outcome.problem ? failed(outcome.problem) : outcome.data.updateDownloadable;
}

/** A published version keeps its number: under another one the edit becomes a new draft, on the same files. */
async function copy(existing: DownloadableDetailFragment, content: DownloadableContent, idempotencyKey: string): Promise<SaveOutcome> {
  const outcome = await mutate(CopyDownloadableDocument, { input: { id: existing.id, version: content.version, idempotencyKey } });
  if (outcome.problem) return failed(outcome.problem);
  const { downloadable: made, userErrors } = outcome.data.outcome;
  return made ? updateDownloadable({ id: made.id, lockVersion: made.lockVersion, ...content }) : { downloadable: null, userErrors };
}

/** Opens the next revision and writes into it. Somebody who was faster is a conflict like any other. */
async function revise(existing: DownloadableDetailFragment, content: DownloadableContent): Promise<SaveOutcome> {
  const outcome = await mutate(ReviseDownloadableDocument, { input: { id: existing.id } });
  if (outcome.problem) return failed(outcome.problem);
  const { downloadable: revised, userErrors } = outcome.data.outcome;
  if (!revised) return { downloadable: null, userErrors };
  const isOurs = revised.lockVersion === existing.lockVersion + 1;
  const lockVersion = isOurs ? revised.lockVersion : existing.lockVersion;
  return updateDownloadable({ id: existing.id, lockVersion, ...content });
}

function failed({ code, message }: { readonly code: string; readonly message: string }): SaveOutcome {
  return { downloadable: null, userErrors: [{ code, message, field: null }] };
}
