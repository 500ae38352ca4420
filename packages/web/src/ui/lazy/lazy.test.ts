// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { lazy, type LazyKind } from './lazy';
import { ChunkFault, loadChunk } from './load-chunk';

const gone = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
const Part = defineComponent({
  props: { text: String },
  setup:
    ({ text }) =>
    () =>
      h('p', text),
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  document.body.innerHTML = '<div id="floating"></div>';
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets all tries pass. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(2_000);
  await flushPromises();
}

describe('code that is fetched when it is needed', () => {
  it('is tried again before anybody is told', async () => {
    const load = vi.fn<() => Promise<string>>().mockImplementationOnce(gone).mockImplementationOnce(gone).mockResolvedValue('there');
    const loading = loadChunk(load);
    await settle();
    await expect(loading).resolves.toBe('there');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('fails with a fault that says what to do', async () => {
    const loading = loadChunk(gone).catch((error: unknown) => error);
    await settle();
    expect(await loading).toBeInstanceOf(ChunkFault);
  });

  const table: readonly { kind: LazyKind; shown: string }[] = [
    { kind: 'HINT', shown: '' },
    { kind: 'BACKGROUND', shown: '' },
    { kind: 'MENU', shown: 'The menu could not be loaded. Check your connection.' },
    { kind: 'DIALOG', shown: 'This could not be loaded' },
    { kind: 'PART', shown: 'This part could not be loaded' },
  ];
  it.each(table)('that does not come never breaks the page: in the place of a $kind stands "$shown"', async ({ kind, shown }) => {
    const faults = vi.fn<(error: unknown) => void>();
    const wrapper = mount(lazy(gone, kind), {
      attachTo: document.body,
      attrs: { isOpen: true, button: document.body },
      global: { config: { errorHandler: faults } },
    });
    await settle();
    expect(faults).not.toHaveBeenCalled();
    if (shown) expect(document.body.textContent).toContain(shown);
    else expect(document.body.textContent).toBe('');
    wrapper.unmount();
  });

  it.each(['MENU', 'DIALOG', 'PART'] as const)('of a %s is there after "Try again", with what it was given', async (kind) => {
    let isDown = true;
    const part = lazy(() => (isDown ? gone() : Promise.resolve({ default: Part })), kind);
    const wrapper = mount(part, { attachTo: document.body, attrs: { isOpen: true, text: 'Here I am', button: document.body } });
    await settle();
    isDown = false;
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Try again')?.click();
    await settle();
    expect(document.body.textContent).toContain('Here I am');
    wrapper.unmount();
  });

  it('of what runs in the background is fetched when the network is back', async () => {
    let isDown = true;
    const wrapper = mount(
      lazy(() => (isDown ? gone() : Promise.resolve({ default: Part })), 'BACKGROUND'),
      { attrs: { text: 'Here I am' } },
    );
    await settle();
    isDown = false;
    dispatchEvent(new Event('online'));
    await settle();
    expect(wrapper.text()).toBe('Here I am');
  });
});
