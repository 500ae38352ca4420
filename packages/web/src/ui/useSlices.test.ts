import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue';
import { useSlices } from './useSlices';

const rowsOf = (count: number, from = 0) => Array.from({ length: count }, (_, index) => ({ id: `row ${from + index}`, isChanged: false }));

describe('rows in slices', () => {
  let scope: EffectScope;
  /** Who waits for the next frame. */
  let frames: (() => void)[];
  async function drawFrame(): Promise<void> {
    for (const draw of frames.splice(0)) draw();
    await new Promise((resolve) => setTimeout(resolve)); // a turn for what the frame asked for
    await nextTick();
  }

  beforeEach(() => {
    frames = [];
    scope = effectScope();
    vi.stubGlobal('document', { visibilityState: 'visible' });
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw)); // a screen's clock
  });
  afterEach(() => {
    scope.stop();
    vi.unstubAllGlobals();
  });

  async function show(count: number) {
    const rows = shallowRef(rowsOf(0));
    const slices = scope.run(() => useSlices(() => rows.value));
    if (!slices) throw new Error('The scope is active.');
    rows.value = rowsOf(count);
    await nextTick();
    return { rows, ...slices };
  }

  it('begin with a few and grow to all, in their order, a slice a frame', async () => {
    const { rows, shown, isWhole } = await show(100);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    expect([shown.value, isWhole.value]).toEqual([rows.value.slice(0, 3), false]);
    while (!isWhole.value) {
      const before = shown.value.length;
      await drawFrame();
      expect(shown.value.length).toBeGreaterThan(before);
    }
    expect(shown.value).toEqual(rows.value);
  });

  it('show at once what is no more than a slice, and nothing', async () => {
    const { shown, isWhole } = await show(3);
    expect([shown.value.length, isWhole.value]).toEqual([3, true]);
    expect((await show(0)).isWhole.value).toBe(true);
  });

  it('that are there from the start show at once', () => {
    const rows = rowsOf(100);
    expect(scope.run(() => useSlices(() => rows))?.shown.value).toBe(rows);
  });

  it('show a change of many rows at once: none of them is new', async () => {
    const { rows, shown, isWhole } = await show(100);
    while (!isWhole.value) await drawFrame();
    rows.value = rows.value.map((row) => ({ ...row, isChanged: true }));
    await vi.waitFor(() => expect(shown.value).toBe(rows.value));
  });

  it('leave a list that is not wanted any more', async () => {
    const { rows, shown, isWhole } = await show(100);
    rows.value = rowsOf(50, 1_000);
    await nextTick();
    while (!isWhole.value) await drawFrame();
    expect(shown.value).toEqual(rows.value);
  });
});
