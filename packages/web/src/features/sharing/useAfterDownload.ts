import { onScopeDispose } from 'vue';

/** When to look whether the server has counted the download that a click began: mostly at once, on a slow line later. */
const LOOKS_AFTER_MS = [1_500, 5_000, 15_000];

/** Asks again how many downloads are left after a click on one: the browser tells nothing of a download itself. */
export function useAfterDownload(refetch: () => void): (event: MouseEvent) => void {
  let timers: readonly ReturnType<typeof setTimeout>[] = [];
  const stop = (): void => timers.forEach((timer) => clearTimeout(timer));
  onScopeDispose(stop);
  return ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (!link || !new URL(link.href).pathname.startsWith('/s/')) return;
    stop();
    timers = LOOKS_AFTER_MS.map((ms) => setTimeout(refetch, ms));
  };
}
