import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { DownloadableRowFragment } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { rowActions } from './downloadable-actions';
import { dialogActionOf, type DialogAction } from './useDownloadableActions';

/**
 * Opens the dialog that the address asks for (`?ask=publish`), once, for those who may. It only ever asks: following a link
 * changes nothing.
 */
export function useAskedAction(
  row: () => DownloadableRowFragment | null,
  ask: (action: DialogAction, row: DownloadableRowFragment) => void,
): void {
  const route = useRoute();
  const router = useRouter();
  const { can } = useSession();
  watch(
    () => [route.query['ask'], row()?.id] as const,
    ([wanted]) => {
      const shown = row();
      if (typeof wanted !== 'string' || !shown) return;
      const { ask: _asked, ...query } = route.query;
      void router.replace({ query });
      const action = dialogActionOf(wanted.toUpperCase());
      if (action && rowActions(shown, can).includes(action)) ask(action, shown);
    },
    { immediate: true },
  );
}
