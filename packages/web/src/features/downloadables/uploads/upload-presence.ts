/** What the tab as a whole does about its uploads while it is open: asks before it leaves, and tells other tabs that it is there. */
import { watch, type Ref } from 'vue';
import type { makeUploadMemory } from './upload-memory';

const TICK_MS = 15_000;

interface TabUploads {
  readonly isBusy: Readonly<Ref<boolean>>;
  readonly memory: Pick<ReturnType<typeof makeUploadMemory>, 'tick'>;
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Begins with the first upload and goes on as long as the tab, whatever is on the page. */
export function guardUploads({ isBusy, memory }: TabUploads): void {
  setInterval(() => memory.tick(), TICK_MS);
  addEventListener('pagehide', () => memory.tick(true));
  addEventListener('pageshow', () => memory.tick());
  watch(isBusy, (busy) => (busy ? addEventListener : removeEventListener)('beforeunload', askBeforeLeaving));
}
