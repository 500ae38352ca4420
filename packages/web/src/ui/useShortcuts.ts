import { onBeforeUnmount, onMounted, ref, shallowReactive } from 'vue';

/** A key, or `mod+k`: Ctrl, on a Mac Command. Single keys work only while nothing is typed and no dialog or menu is open. */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  /** Where it works, for the overview. */
  readonly group: string;
  /** Absent: the browser does it; it is only told. */
  readonly run?: (event: KeyboardEvent) => void;
}

const STORED = 'slipway.single-keys';
const active = shallowReactive(new Set<readonly Shortcut[]>());

function readSetting(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true; // storage is blocked: the setting lasts for this page
  }
}

const isOn = ref(readSetting());

/** Single keys can be switched off: speech input and slips of the hand press them (WCAG 2.1.4). */
export const singleKeys = {
  isOn,
  set(on: boolean): void {
    isOn.value = on;
    try {
      localStorage.setItem(STORED, on ? 'on' : 'off');
    } catch {
      // as above
    }
  },
};

/** The shortcuts that work on this page now, in the order in which parts of it offer them. */
export const activeShortcuts = (): readonly Shortcut[] => [...active].flat();

/** Offers shortcuts as long as the component is there. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  onMounted(() => active.add(shortcuts));
  onBeforeUnmount(() => active.delete(shortcuts));
}

/** Listens for all of them; once, in the shell. */
export function useShortcutListener(): void {
  onMounted(() => addEventListener('keydown', onKey));
  onBeforeUnmount(() => removeEventListener('keydown', onKey));
}

function onKey(event: KeyboardEvent): void {
  const shortcut = activeShortcuts().find(({ keys, run }) => run && fits(event, keys));
  if (!shortcut?.run) return;
  event.preventDefault();
  shortcut.run(event);
}

function fits(event: KeyboardEvent, keys: string): boolean {
  if (keys.startsWith('mod+')) return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === keys.slice(4);
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn.value || isBusyElsewhere(event.target)) return false;
  // Shift makes a capital of a letter; what it makes of other keys is the key that was meant, such as ?.
  return event.key === keys || (event.shiftKey && keys === `shift+${event.key.toLowerCase()}`);
}

/** Whether the keys belong to a field, a menu or a dialog. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=file])'));
  return isTyping || document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}
