import type { Router } from 'vue-router';
import type { RowAction } from '../../features/downloadables/downloadable-actions';
import { refreshLists } from '../../features/downloadables/refresh-lists';
import { useStatusChange } from '../../features/downloadables/useStatusChange';
import type { DownloadableRowFragment } from '../../graphql/documents.generated';

/** What can be undone happens at once; what asks first asks on the release's page. */
export async function runFromPalette(router: Router, action: RowAction, row: DownloadableRowFragment): Promise<void> {
  switch (action) {
    case 'UNPUBLISH':
    case 'ARCHIVE':
    case 'RESTORE':
    case 'CANCEL_SCHEDULE':
      await useStatusChange().run(action, row);
      return refreshLists();
    case 'EDIT':
      return void router.push(`/admin/downloadables/${row.id}?edit=${row.id}`);
    case 'DOWNLOAD':
    case 'PUBLISH':
    case 'SCHEDULE':
    case 'PUBLISH_REVISION':
    case 'DISCARD_REVISION':
    case 'COPY':
    case 'WITHDRAW':
    case 'DELETE':
      return void router.push(`/admin/downloadables/${row.id}?ask=${action.toLowerCase()}`);
  }
}
