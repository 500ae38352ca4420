/** What the tab as a whole does about uploads: asks before it leaves, and tells other tabs that it is there. */
import { watch } from 'vue';
import { useUploadQueue } from './upload-queue';

const TICK_MS = 15_000;

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Starts all of it, and shows what an earlier tab left. @returns ends it */
export function watchUploads(): () => void {
  const { isBusy, memory, lookAround } = useUploadQueue();
  const look = (): void => void lookAround();
  const hide = (): void => memory.tick(true);
  const show = (): void => memory.tick();
  const timer = setInterval(show, TICK_MS);
  addEventListener('storage', look);
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  const unwatch = watch(isBusy, (busy) => (busy ? addEventListener : removeEventListener)('beforeunload', askBeforeLeaving));
  look();
  return () => {
    clearInterval(timer);
    removeEventListener('storage', look);
    removeEventListener('pagehide', hide);
    removeEventListener('pageshow', show);
    unwatch();
  };
}
