import { listMainFiles } from '@slipway/shared';
import { shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { client } from '../../graphql/client';
import { GetFilesToDownloadDocument, GetPublishChecklistDocument, type DownloadableRowFragment } from '../../graphql/documents.generated';
import type { RowAction } from './downloadable-actions';
import { takesAccess } from './impact/impact-notes';
import { useStatusChange } from './useStatusChange';

const DIALOG_ACTIONS = ['PUBLISH', 'PUBLISH_REVISION', 'SCHEDULE', 'UNPUBLISH', 'COPY', 'DISCARD_REVISION', 'WITHDRAW', 'DELETE'] as const;
export type DialogAction = (typeof DIALOG_ACTIONS)[number];

/** The action of this name when a dialog asks before it, else null. */
export function dialogActionOf(name: string): DialogAction | null {
  return DIALOG_ACTIONS.find((action) => action === name) ?? null;
}

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
  const router = useRouter();
  const dialog = shallowRef<OpenDialog | null>(null);

  /** At once when the checklist has nothing to say, else after a look at it. */
  async function publish(row: DownloadableRowFragment): Promise<void> {
    if (await hasFindings(row.id)) ask('PUBLISH', row);
    else await run('PUBLISH', row, row).then(changed);
  }

  /** At once when nobody loses it, else after a look at who does. */
  async function unpublish(row: DownloadableRowFragment): Promise<void> {
    if (await takesAccess(row.id)) ask('UNPUBLISH', row);
    else await run('UNPUBLISH', row, row).then(changed);
  }

  async function download(row: DownloadableRowFragment): Promise<void> {
    const path = await findFile(row.id).catch(() => null); // the page says what is wrong
    if (path === null) await router.push(`/admin/downloadables/${row.id}`);
    else location.assign(path);
  }

  function act(action: RowAction, row: DownloadableRowFragment): void {
    switch (action) {
      case 'EDIT':
        return edit(row.id);
      case 'DOWNLOAD':
        return void download(row);
      case 'PUBLISH':
        return void publish(row);
      case 'UNPUBLISH':
        return void unpublish(row);
      case 'ARCHIVE':
      case 'RESTORE':
      case 'CANCEL_SCHEDULE':
        return void run(action, row, row).then(changed);
      case 'SCHEDULE':
      case 'PUBLISH_REVISION':
      case 'DISCARD_REVISION':
      case 'COPY':
      case 'WITHDRAW':
      case 'DELETE':
        return ask(action, row);
    }
  }

  function ask(action: DialogAction, row: DownloadableRowFragment): void {
    dialog.value = { action, row };
  }

  return { act, ask, dialog, close: (): void => void (dialog.value = null) };
}

/** The file where there is one, else the page with all of them. */
async function findFile(id: string): Promise<string | null> {
  const { data } = await client.query({ query: GetFilesToDownloadDocument, variables: { id }, fetchPolicy: 'network-only' });
  const files = listMainFiles(data?.downloadable?.assets ?? []);
  return files.length === 1 && files[0] ? new URL(files[0].downloadUrl).pathname : null;
}

async function hasFindings(id: string): Promise<boolean> {
  try {
    const { data } = await client.query({ query: GetPublishChecklistDocument, variables: { id }, fetchPolicy: 'network-only' });
    return (data?.downloadable?.publishChecklist.length ?? 0) > 0;
  } catch {
    return false; // publishing says what is wrong, in its own words
  }
}
