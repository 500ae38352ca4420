import { defineComponent, getCurrentInstance, h, onBeforeUpdate, ref, shallowRef, type Component } from 'vue';
import { lazyMessages as words } from '../../messages/kit';
import FailedState from '../FailedState.vue';
import FailedDialog from './FailedDialog.vue';
import FailedMenu from './FailedMenu.vue';
import { loadChunk } from './load-chunk';
import { whenIdle } from './when-idle';

/**
 * What a part is, and so what is shown in its place when its code cannot be fetched: nothing for a HINT; a message at the button of a MENU;
 * a DIALOG with "Try again"; a message in the page for a PART of it. What runs in the BACKGROUND is tried until it comes.
 */
export type LazyKind = 'HINT' | 'MENU' | 'DIALOG' | 'PART' | 'BACKGROUND';

const TRY_AGAIN_MS = 10_000;
const loaders = new WeakMap<Component, () => Promise<void>>();

/** Fetches the code of a part that is likely wanted soon. Fails silently: the part itself tells. */
export function preload(part: Component): void {
  void loaders.get(part)?.();
}

type Attributes = Readonly<Record<string, unknown>>;

/** Tells whoever opened a part that it is closed, in whichever way that one listens. */
function closeBy(attrs: Attributes): void {
  for (const [name, ...values] of [['onClose'], ['onUpdate:isOpen', false]] as const) {
    const listener = attrs[name];
    if (typeof listener === 'function') listener(...values);
  }
}

function failedView(kind: LazyKind, attrs: Attributes, retry: () => void) {
  const close = (): void => closeBy(attrs);
  const isOpen = (attrs['is-open'] ?? attrs['isOpen']) !== false;
  if (kind === 'DIALOG') return isOpen ? h(FailedDialog, { text: words.text, onRetry: retry, onClose: close }) : null;
  if (kind === 'MENU') return isOpen ? h(FailedMenu, { button: attrs['button'] as HTMLElement, onRetry: retry, onClose: close }) : null; // menus are given theirs
  if (kind === 'PART') return h(FailedState, { title: words.partTitle, message: words.text, onRetry: retry });
  return null;
}

function makeLoader(load: () => Promise<{ readonly default: Component }>, kind: LazyKind) {
  const part = shallowRef<Component | null>(null);
  const hasFailed = ref(false);
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    try {
      part.value = (await loadChunk(load)).default;
    } catch {
      hasFailed.value = true; // a ChunkFault; how it shows is a matter of the kind
      running = null;
    }
  }
  function begin(): Promise<void> {
    if (part.value) return Promise.resolve();
    hasFailed.value = false;
    running ??= run();
    return running;
  }
  /** For what nobody asks for again: with the network, or after a while. */
  async function insist(): Promise<void> {
    await begin();
    if (part.value) return;
    const timer = setTimeout(again, TRY_AGAIN_MS);
    function again(): void {
      clearTimeout(timer);
      removeEventListener('online', again);
      void insist();
    }
    addEventListener('online', again);
  }
  return { part, hasFailed, begin, start: kind === 'BACKGROUND' ? insist : begin };
}

/** The one way to a component whose code is fetched when it is needed: a fetch that fails never breaks the page. */
export function lazy<TPart extends Component>(load: () => Promise<{ readonly default: TPart }>, kind: LazyKind): TPart {
  const { part, hasFailed, begin, start } = makeLoader(load, kind);
  const wrapper = defineComponent({
    name: 'LazyPart',
    inheritAttrs: false,
    setup(_props, { attrs, slots }) {
      void start();
      // A hint that is turned to again is tried again.
      if (kind === 'HINT') onBeforeUpdate(() => void start());
      return () => {
        if (part.value) return h(part.value, attrs, slots);
        return kind !== 'HINT' && hasFailed.value ? failedView(kind, attrs, () => void begin()) : null;
      };
    },
  });
  loaders.set(wrapper, begin);
  // A dialog is fetched ahead where a page that is shown has it.
  if (kind === 'DIALOG' ? getCurrentInstance() !== null : kind !== 'PART') whenIdle(begin);
  return wrapper as Component as TPart; // hands everything on to the part
}
