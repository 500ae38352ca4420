import { readonly, shallowRef } from 'vue';

/** What stays on the page until it is dealt with, with one thing to do about it. */
export interface Notice {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const notice = shallowRef<Notice | null>(null);

/** The notice of the page as a whole. Part of the first code, so that it shows when nothing else can be fetched. */
export const currentNotice = readonly(notice);

export function showNotice(shown: Notice): void {
  notice.value = shown;
}

export function hideNotice(): void {
  notice.value = null;
}
