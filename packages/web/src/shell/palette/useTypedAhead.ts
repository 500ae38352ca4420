import { onBeforeUnmount, ref } from 'vue';

const LISTENED = { capture: true };

/**
 * Keeps what is typed for a box that is still on its way: no letter is lost, and none acts on the page behind. A click on the
 * page gives it up. It knows keys only: dead keys and what an input method composes are not kept.
 */
export function useTypedAhead(giveUp: () => void) {
  const text = ref('');
  /** Whether Enter was pressed for the text. */
  const isEntered = ref(false);

  function begin(): void {
    text.value = '';
    isEntered.value = false;
    addEventListener('keydown', onKey, LISTENED);
    addEventListener('pointerdown', giveUp, LISTENED);
  }
  function end(): void {
    removeEventListener('keydown', onKey, LISTENED);
    removeEventListener('pointerdown', giveUp, LISTENED);
  }
  onBeforeUnmount(end);

  function onKey(event: KeyboardEvent): void {
    const isLetter = event.key.length === 1;
    if (isCommand(event) || !(isLetter || ['Backspace', 'Enter', 'Escape'].includes(event.key))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') return giveUp();
    isEntered.value = event.key === 'Enter' && text.value !== '';
    if (event.key === 'Backspace') text.value = text.value.slice(0, -1);
    else if (isLetter) text.value += event.key;
  }
  return { text, isEntered, begin, end };
}

/** A key together with Ctrl, Alt or Command; AltGr makes letters. */
function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
}
