import { computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue';
import { nextFrame } from '../next-task';

/** What the first slice of an empty page has: something to read as soon as possible. */
const OPENING = 3;
/** About what a screen shows. */
const SCREENFUL = 24;
/** Below this, a phone four times slower than this machine still answers within 50 ms (a "long task" begins there). */
const SLICE_MS = 10;

/**
 * Shows many rows in slices, one a frame, each of as many rows as the device manages in `SLICE_MS`: a key or a click between
 * them is answered at once, and no slice is laid out together with the next.
 * Few new rows, changes of those that are shown, and what is there from the start (Back, to a place further down) show at once.
 */
export function useSlices<TRow extends { readonly id: string }>(rows: () => readonly TRow[]) {
  const shown = shallowRef(rows());
  let run = 0;

  async function show(all: readonly TRow[]): Promise<void> {
    run += 1;
    const mine = run;
    const known = new Set(shown.value.map(({ id }) => id));
    let step = known.size === 0 ? OPENING : SCREENFUL;
    if (all.filter(({ id }) => !known.has(id)).length <= step) {
      shown.value = all;
      return;
    }
    for (let count = step; ; count += step) {
      const begun = performance.now();
      shown.value = all.slice(0, count);
      await nextTick();
      if (count >= all.length) return;
      step = Math.max(1, Math.floor((step * SLICE_MS) / Math.max(1, performance.now() - begun)));
      await nextFrame();
      if (mine !== run) return;
    }
  }

  watch(rows, (all) => void show(all));
  onScopeDispose(() => (run += 1));
  return { shown, isWhole: computed(() => shown.value.length === rows().length) };
}
