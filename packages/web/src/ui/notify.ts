import { ref } from 'vue';

interface MessageAction {
  readonly label: string;
  readonly run: () => void;
}

/** A screen reader must know the live region before words appear in it. */
const REGION_SETTLES_MS = 150;

/** What can be undone stays longer: it is read, found and reached, also by keyboard. */
const ACTION_MS = 10_000;

/** Whether the page needs the corner for messages: from the first one on. */
export const isStackWanted = ref(false);
let reportReady: () => void = () => undefined;
const stackIsReady = new Promise<void>((resolve) => (reportReady = resolve));

/** Called by the stack once it is on the page. */
export function stackMounted(): void {
  setTimeout(reportReady, REGION_SETTLES_MS);
}

/** Loaded with the first message, so that a page without one stays small. */
async function loadToast() {
  isStackWanted.value = true;
  const [{ toast }] = await Promise.all([import('vue-sonner'), stackIsReady]);
  return toast;
}

/** On a phone the thumb, and the bar of a selection, are at the bottom. Each message keeps its place: moved to another stack it would be lost. */
export const messagePlace = () => (matchMedia('(max-width: 40rem)').matches ? 'top-center' : 'bottom-center');

/** Short messages in the corner. Read out politely; none of them is the only place where something is said. */
export const notify = {
  async success(message: string, action?: MessageAction): Promise<void> {
    const toast = await loadToast();
    toast.success(message, {
      position: messagePlace(),
      ...(action ? { action: { label: action.label, onClick: action.run }, duration: ACTION_MS } : {}),
    });
  },
  async failure(message: string, description?: string): Promise<void> {
    const toast = await loadToast();
    toast.error(message, { position: messagePlace(), duration: 8000, ...(description ? { description } : {}) });
  },
};
