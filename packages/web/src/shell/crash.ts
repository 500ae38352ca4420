import { computed, readonly, ref } from 'vue';
import { ChunkFault } from '../ui/lazy/load-chunk';
import { showNotice } from '../ui/notices';

const crash = ref<string | null>(null);
/** How many shells are there to show a crash in their frame. */
const frames = ref(0);

/** A fault that no page handled: the crash page stands in for the page until the next navigation. */
export function reportCrash(error: unknown): void {
  crash.value = error instanceof Error ? error.message : String(error);
}

/** Code that did not come is no crash: the page goes on, and says so. */
export function reportFault(error: unknown): void {
  if (error instanceof ChunkFault) return showNotice({ text: error.message });
  reportError(error);
  reportCrash(error);
}

export function useCrash() {
  return {
    crash: readonly(crash),
    isFramed: computed(() => frames.value > 0),
    recover: (): void => void (crash.value = null),
    enterFrame: (): void => void (frames.value += 1),
    leaveFrame: (): void => void (frames.value -= 1),
  };
}
