import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/** Closes an open panel on Escape (the focus goes back to its button), on a click elsewhere and when the focus leaves it. */
export function useDismissal(root: Readonly<Ref<HTMLElement | null>>, close: () => void): void {
  function isInside(target: EventTarget | null): boolean {
    return target instanceof Node && (root.value?.contains(target) ?? false);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isInside(event.target)) return;
    close();
    root.value?.querySelector('button')?.focus();
  }

  function onLeave(event: Event): void {
    if (!isInside(event.target)) close();
  }

  onMounted(() => {
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onLeave);
    addEventListener('focusin', onLeave);
  });
  onBeforeUnmount(() => {
    removeEventListener('keydown', onKey);
    removeEventListener('pointerdown', onLeave);
    removeEventListener('focusin', onLeave);
  });
}
