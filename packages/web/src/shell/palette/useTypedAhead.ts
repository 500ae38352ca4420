import { onBeforeUnmount, ref } from 'vue';

/**
 * Keeps what is typed for a box that is still on its way: no letter is lost, and none acts on the page behind.
 * It knows keys only; what an input method composes waits for the real box.
 */
export function useTypedAhead(giveUp: () => void) {
  const text = ref('');
  /** Whether Enter was pressed for the text. */
  const isEntered = ref(false);

  function begin(): void {
    text.value = '';
    isEntered.value = false;
    addEventListener('keydown', onKey, { capture: true });
  }
  function end(): void {
    removeEventListener('keydown', onKey, { capture: true });
  }
  onBeforeUnmount(end);

  function onKey(event: KeyboardEvent): void {
    if (isCommand(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') giveUp();
    else if (event.key === 'Enter') isEntered.value = text.value !== '';
    else {
      text.value = afterKey(text.value, event.key);
      isEntered.value = false;
    }
  }
  return { text, isEntered, begin, end };
}

/** A key together with Ctrl, Alt or Command; AltGr makes letters. */
function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
}

function afterKey(text: string, key: string): string {
  if (key === 'Backspace') return text.slice(0, -1);
  return key.length === 1 ? text + key : text;
}
