import { nextTick } from 'vue';

/** Moves the focus to the first invalid control inside the container, so that its message is read out. */
export async function focusFirstError(container: HTMLElement | null): Promise<void> {
  await nextTick();
  container?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
