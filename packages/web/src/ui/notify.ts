import { ref } from 'vue';
import { pause } from '../next-task';
import { loadChunk } from './lazy/load-chunk';
import { showNotice } from './notices';

type Toast = (typeof import('vue-sonner'))['toast'];

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

/** A message that is not shown by then is shown without the corner. */
const STACK_COMES_MS = 5_000;

/** Loaded when the page is idle or with the first message, so that a page without one stays small. @returns null: it cannot be fetched */
async function loadToast() {
  isStackWanted.value = true;
  try {
    const [{ toast }] = await Promise.all([loadChunk(() => import('vue-sonner')), stackIsReady]);
    return toast;
  } catch {
    return null; // a ChunkFault
  }
}

/** Shows a message in the corner; plainly when what shows it there does not come. */
async function tell(words: string, show: (toast: Toast) => void): Promise<void> {
  const toast = await Promise.race([loadToast(), pause(STACK_COMES_MS)]);
  if (toast) show(toast);
  else showNotice({ text: words });
}

/** On a phone the thumb, and the bar of a selection, are at the bottom. Each message keeps its place: moved to another stack it would be lost. */
export const messagePlace = () => (matchMedia('(max-width: 40rem)').matches ? 'top-center' : 'bottom-center');

/** Short messages in the corner. Read out politely; none of them is the only place where something is said. */
export const notify = {
  /** @param other beside the first: what leads on rather than back */
  async success(message: string, action?: MessageAction, other?: MessageAction): Promise<void> {
    const undo = {
      ...(action ? { action: { label: action.label, onClick: action.run }, duration: ACTION_MS } : {}),
      ...(other ? { cancel: { label: other.label, onClick: other.run }, duration: ACTION_MS } : {}),
    };
    await tell(message, (toast) => void toast.success(message, { position: messagePlace(), ...undo }));
  },
  async failure(message: string, description?: string): Promise<void> {
    const more = description ? { description } : {};
    await tell(
      [message, description].filter(Boolean).join(' '),
      (toast) => void toast.error(message, { position: messagePlace(), duration: 8000, ...more }),
    );
  },
};
