import type { TypedDocumentNode } from '@apollo/client/core';
import type { DownloadableStatus } from '@slipway/shared';
import { useRouter } from 'vue-router';
import {
  ArchiveDownloadableDocument,
  CancelScheduleDocument,
  PublishDownloadableDocument,
  RestoreDownloadableDocument,
  UnpublishDownloadableDocument,
  type ArchiveDownloadableMutation,
  type DownloadableRowFragment,
} from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { mutate } from '../../graphql/useMutation';
import { nextFrame, pause } from '../../next-task';
import { notify } from '../../ui/notify';
import { setOptimisticStatus, type StatusFields } from './optimistic-status';
import { undoSteps } from './undo-steps';

const LONGEST_FRAME_MS = 100;

/** Where people are told of a release. */
export const announcePath = (id: string): string => `/admin/downloadables/${id}/announce`;

export type StatusAction = 'PUBLISH' | 'UNPUBLISH' | 'ARCHIVE' | 'RESTORE' | 'CANCEL_SCHEDULE';

type Outcome = NonNullable<ArchiveDownloadableMutation['outcome']>;

interface StatusChange {
  /** All of these mutations answer alike. */
  readonly document: TypedDocumentNode<{ outcome: object }, { input: { id: string; publishAt?: string; lockVersion?: number } }>;
  readonly status: DownloadableStatus;
  readonly done: string;
  readonly refused: string;
}

const change = (document: unknown, rest: Omit<StatusChange, 'document'>): StatusChange => ({
  // Generated documents differ in the names of their types only.
  document: document as StatusChange['document'],
  ...rest,
});

const CHANGES: Readonly<Record<StatusAction, StatusChange>> = {
  PUBLISH: change(PublishDownloadableDocument, {
    status: 'PUBLISHED',
    done: 'is published.',
    refused: 'was not published.',
  }),
  UNPUBLISH: change(UnpublishDownloadableDocument, {
    status: 'DRAFT',
    done: 'is hidden from customers.',
    refused: 'is still published.',
  }),
  ARCHIVE: change(ArchiveDownloadableDocument, {
    status: 'ARCHIVED',
    done: 'is archived. Those who have it find it under older versions.',
    refused: 'was not archived.',
  }),
  RESTORE: change(RestoreDownloadableDocument, {
    status: 'PUBLISHED',
    done: 'is published again.',
    refused: 'is still archived.',
  }),
  CANCEL_SCHEDULE: change(CancelScheduleDocument, {
    status: 'DRAFT',
    done: 'is a draft again.',
    refused: 'is still scheduled.',
  }),
};

/** Changes of status: seen at once, rolled back with the reason when the API refuses, undone to the row's own former status. */
export function useStatusChange() {
  const router = useRouter();
  const { can } = useSession();

  /** @param seen what the person looks at; absent on the way back, which starts from a state of our own making */
  async function run(action: StatusAction, row: DownloadableRowFragment, seen?: { readonly lockVersion: number }): Promise<void> {
    const { document, status, done, refused } = CHANGES[action];
    const label = `${row.product.name} ${row.version}`;
    const optimistic = setOptimisticStatus(row.id, expected(row, status));
    // A quick answer would be worked in before the change is seen; a page that is left meanwhile is not drawn.
    await Promise.race([nextFrame(), pause(LONGEST_FRAME_MS)]);
    const lock = action === 'PUBLISH' && seen ? { lockVersion: seen.lockVersion } : {};
    const result = await mutate(document, { input: { id: row.id, ...lock } });
    // Every document of the table selects the fields of this payload.
    const payload = result.data?.outcome as Outcome | undefined;
    const refusal = result.problem ?? payload?.userErrors[0];
    if (refusal || !payload?.downloadable) {
      optimistic.revert();
      return notify.failure(`${label} ${refused}`, refusal?.message);
    }
    optimistic.confirm(payload.downloadable);
    if (action === 'PUBLISH' && payload.downloadable.status === 'DRAFT')
      return notify.success(`${label} publishes when its last file is ready.`);
    const back = wayBack(action, row);
    const announce =
      action === 'PUBLISH' && can('release:publish') ? { label: 'Announce', run: () => void router.push(announcePath(row.id)) } : undefined;
    await notify.success(`${label} ${done}`, back ? { label: 'Undo', run: () => void back() } : undefined, announce);
  }

  /** What brings the row back to the status it had; null where the lifecycle has no way. */
  function wayBack(action: StatusAction, row: DownloadableRowFragment): (() => Promise<void>) | null {
    if (action === 'CANCEL_SCHEDULE') return () => reschedule(row);
    const steps = undoSteps(action, row);
    return steps && (() => steps.reduce((before, step) => before.then(() => run(step, row)), Promise.resolve()));
  }

  async function reschedule(row: DownloadableRowFragment): Promise<void> {
    const input = { id: row.id, ...(row.publishAt ? { publishAt: row.publishAt } : {}) };
    const result = await mutate(PublishDownloadableDocument, { input });
    const refusal = result.problem ?? result.data?.outcome.userErrors[0];
    if (refusal) await notify.failure(`${row.product.name} ${row.version} was not scheduled again.`, refusal.message);
  }

  return { run };
}

function expected(row: DownloadableRowFragment, status: DownloadableStatus): StatusFields {
  const publishedAt = row.publishedAt ?? (status === 'PUBLISHED' ? new Date().toISOString() : null);
  return { status, publishedAt, publishAt: null, scheduleFailure: null, publishWhenReady: false };
}
