import { shallowRef } from 'vue';
import type { DownloadableRowFragment } from '../../graphql/documents.generated';
import type { RowAction } from './downloadable-actions';
import { useStatusChange, type StatusAction } from './useStatusChange';

export type DialogAction = Exclude<RowAction, StatusAction | 'EDIT'>;

/** What is asked in a dialog before it happens. */
export interface OpenDialog {
  readonly action: DialogAction;
  readonly row: DownloadableRowFragment;
}

interface ActionContext {
  readonly edit: (id: string) => void;
  /** After a change of status: lists and page follow. */
  readonly changed: () => void;
}

/** Sends an action on its way: at once, into the form, or into the dialog that asks first. */
export function useDownloadableActions({ edit, changed }: ActionContext) {
  const { run } = useStatusChange();
  const dialog = shallowRef<OpenDialog | null>(null);

  function act(action: RowAction, row: DownloadableRowFragment): void {
    switch (action) {
      case 'EDIT':
        return edit(row.id);
      case 'PUBLISH':
      case 'UNPUBLISH':
      case 'ARCHIVE':
      case 'RESTORE':
      case 'CANCEL_SCHEDULE':
        return void run(action, row).then(changed);
      default:
        dialog.value = { action, row };
    }
  }

  return { act, dialog, close: (): void => void (dialog.value = null) };
}
