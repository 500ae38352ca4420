import { onScopeDispose } from 'vue';

/** Until the server has counted the download that a click began. */
const COUNTED_AFTER_MS = 1_500;

/** Asks again how many downloads are left after a click on one: the browser tells nothing of a download itself. */
export function useAfterDownload(refetch: () => void): (event: MouseEvent) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (!link || !new URL(link.href).pathname.startsWith('/s/')) return;
    clearTimeout(timer);
    timer = setTimeout(refetch, COUNTED_AFTER_MS);
  };
}
