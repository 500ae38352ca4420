import { UndoPublishDocument } from '../../../graphql/documents.generated';
import { mutate } from '../../../graphql/useMutation';
import { notify } from '../../../ui/notify';
import { refreshLists } from '../refresh-lists';

interface PublishedRevision {
  readonly id: string;
  readonly revisionId: string;
  /** "Aurora Studio 2.1.0" */
  readonly label: string;
}

/** Takes the publish of a next revision back: the one before is live again, and what was published is the draft. */
export async function undoPublish({ id, revisionId, label }: PublishedRevision): Promise<void> {
  const result = await mutate(UndoPublishDocument, { input: { id, revisionId } });
  const refusal = result.problem ?? result.data?.outcome.userErrors[0];
  if (refusal) return notify.failure(`${label}: the revision is still live.`, refusal.message);
  const { revision, draftRevision } = result.data?.outcome.downloadable ?? {};
  await notify.success(`${label}: revision ${revision?.number ?? ''} is live again. Yours is draft ${draftRevision?.number ?? ''}.`);
  await refreshLists();
}
