import {
  PublishDownloadableDocument,
  UnpublishDownloadableDocument,
  type DownloadableRowFragment,
} from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';
import { notify } from '../../ui/notify';

/** Publishes and unpublishes: seen at once, rolled back with the reason when the API refuses. */
export function useStatusChange() {
  async function publish(row: DownloadableRowFragment): Promise<void> {
    const expected = { ...changed(row, 'PUBLISHED'), publishedAt: row.publishedAt ?? new Date().toISOString() };
    const outcome = await mutate(
      PublishDownloadableDocument,
      { input: { id: row.id } },
      { optimistic: { publishDownloadable: { __typename: 'PublishDownloadablePayload', downloadable: expected, userErrors: [] } } },
    );
    const payload = outcome.data?.publishDownloadable;
    const refusal = outcome.problem ?? payload?.userErrors[0];
    if (refusal) void notify.failure(`${row.product.name} ${row.version} was not published.`, refusal.message);
    else if (payload?.downloadable?.status === 'DRAFT')
      void notify.success(`${row.product.name} ${row.version} publishes when its last file is ready.`);
    else void notify.success(`${row.product.name} ${row.version} is published.`, { label: 'Undo', run: () => void unpublish(row) });
  }

  async function unpublish(row: DownloadableRowFragment): Promise<void> {
    const outcome = await mutate(
      UnpublishDownloadableDocument,
      { input: { id: row.id } },
      {
        optimistic: {
          unpublishDownloadable: { __typename: 'UnpublishDownloadablePayload', downloadable: changed(row, 'DRAFT'), userErrors: [] },
        },
      },
    );
    const refusal = outcome.problem ?? outcome.data?.unpublishDownloadable.userErrors[0];
    if (refusal) void notify.failure(`${row.product.name} ${row.version} is still published.`, refusal.message);
    else
      void notify.success(`${row.product.name} ${row.version} is hidden from customers.`, { label: 'Undo', run: () => void publish(row) });
  }

  return { publish, unpublish };
}

function changed(row: DownloadableRowFragment, status: 'PUBLISHED' | 'DRAFT') {
  const { id, publishedAt, releaseDate, lockVersion } = row;
  return { __typename: 'Downloadable' as const, id, status, publishedAt, releaseDate, lockVersion, publishWhenReady: false };
}
